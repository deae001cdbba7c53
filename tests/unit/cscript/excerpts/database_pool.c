/* A pool of database connections: the parts are in an array, and a macro walks a list. */
#define POOL_MAX 3
typedef struct pool_slot { SSL *ssl; SSL_SESSION *resume; int in_use; } pool_slot;
typedef struct { SSL_CTX *ctx; pool_slot slot[POOL_MAX]; pool_slot *next; } pool;

static pool_slot *pool_take(pool *p)
{
    pool_slot *s;
    for (s = p->slot; s < p->slot + POOL_MAX; s++)
        if (!s->in_use) {
            s->in_use = 1;
            return s;
        }
    return NULL;
}

static int slot_open(pool *p, pool_slot *s)
{
    if ((s->ssl = SSL_new(p->ctx)) == NULL)
        return -1;
    if (s->resume) {
        SSL_set_session(s->ssl, s->resume);
        SSL_SESSION_free(s->resume), s->resume = NULL;
    }
    return SSL_connect(s->ssl) == 1 ? 0 : -1;
}

static void slot_close(pool_slot *s)
{
    s->resume = SSL_get1_session(s->ssl);
    SSL_shutdown(s->ssl);
    SSL_free(s->ssl);
    *s = (pool_slot){ .resume = s->resume };
}

int main(void)
{
    pool p = { .ctx = SSL_CTX_new(TLS_client_method()) };
    pool_slot *a, *b;
    char in[32];

    memset(p.slot, 0, sizeof p.slot);
    a = pool_take(&p);
    b = pool_take(&p);
    if (slot_open(&p, a) < 0 || slot_open(&p, b) < 0)
        return 1;
    SSL_read(a->ssl, in, sizeof in);
    SSL_read(b->ssl, in, sizeof in);
    slot_close(a);
    slot_close(b);
    a = pool_take(&p);
    slot_open(&p, a);
    slot_close(a);
    for (pool_slot *s = p.slot; s != &p.slot[POOL_MAX]; ++s)
        SSL_SESSION_free(s->resume);
    SSL_CTX_free(p.ctx);
    return 0;
}

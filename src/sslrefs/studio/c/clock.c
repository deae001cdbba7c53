
/* ---- The clock of the model: sleep() makes sessions older instead of waiting ---- */

#undef time
#undef sleep
#undef SSL_SESSION_set_time
#undef SSL_SESSION_get_time
#undef SSL_CTX_flush_sessions
#undef SSL_CTX_flush_sessions_ex

/* A session of the text that lives, in order of birth. */
struct sslrefs_aged {
    SSL_SESSION *session;
    int is_new; /* nobody has looked at its time yet */
    struct sslrefs_aged *next;
};

static struct sslrefs_aged *sslrefs_living;
static long sslrefs_began, sslrefs_slept;

static void sslrefs_born(void *session, void *value, CRYPTO_EX_DATA *data, int index, long number,
                         void *unused)
{
    struct sslrefs_aged **last = &sslrefs_living;

    (void)value, (void)data, (void)index, (void)number, (void)unused;
    if (sslrefs_is_hidden)
        return;
    while (*last != NULL)
        last = &(*last)->next;
    *last = calloc(1, sizeof **last);
    (*last)->session = session;
    (*last)->is_new = 1;
}

static void sslrefs_died(void *session, void *value, CRYPTO_EX_DATA *data, int index, long number,
                         void *unused)
{
    struct sslrefs_aged **place = &sslrefs_living;

    (void)value, (void)data, (void)index, (void)number, (void)unused;
    while (*place != NULL && (*place)->session != session)
        place = &(*place)->next;
    if (*place != NULL) {
        struct sslrefs_aged *gone = *place;
        *place = gone->next;
        free(gone);
    }
}

void sslrefs_clock_start(void)
{
    sslrefs_began = (long)time(NULL);
    CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_SESSION, 0, NULL, sslrefs_born, NULL, sslrefs_died);
}

/* For the model no time passes but by sleep(): seconds that went by meanwhile are taken back. */
static void sslrefs_set_right(void)
{
    struct sslrefs_aged *one;

    for (one = sslrefs_living; one != NULL; one = one->next) {
        long late = (long)SSL_SESSION_get_time(one->session) - sslrefs_began;

        if (one->is_new && late > 0 && late < 60)
            SSL_SESSION_set_time(one->session, sslrefs_began);
        one->is_new = 0;
    }
}

/* The real time that stands for a time of the model; 0 is no time but means all. */
long sslrefs_real(long when)
{
    sslrefs_set_right();
    return when == 0 ? 0 : when - (1700000000 + sslrefs_slept) + sslrefs_began;
}

time_t sslrefs_time(time_t *where)
{
    time_t now = 1700000000 + sslrefs_slept;

    if (where != NULL)
        *where = now;
    return now;
}

long sslrefs_set_time(SSL_SESSION *session, long when)
{
    sslrefs_set_right();
    SSL_SESSION_set_time(session, when - (1700000000 + sslrefs_slept) + sslrefs_began);
    return when;
}

long sslrefs_get_time(const SSL_SESSION *session)
{
    sslrefs_set_right();
    return (long)SSL_SESSION_get_time(session) + 1700000000 + sslrefs_slept - sslrefs_began;
}

static long sslrefs_end(const SSL_SESSION *session)
{
    return (long)SSL_SESSION_get_time(session) + SSL_SESSION_get_timeout(session);
}

/* What expires first is moved first, so that every cache keeps its order. */
unsigned int sslrefs_sleep(unsigned int seconds)
{
    struct sslrefs_aged *one;
    SSL_SESSION **order;
    size_t i, number = 0;

    sslrefs_set_right();
    for (one = sslrefs_living; one != NULL; one = one->next)
        number++;
    order = calloc(number + 1, sizeof *order);
    number = 0;
    for (one = sslrefs_living; one != NULL; one = one->next) {
        for (i = number++; i > 0 && sslrefs_end(order[i - 1]) > sslrefs_end(one->session); i--)
            order[i] = order[i - 1];
        order[i] = one->session;
    }
    for (i = 0; i < number; i++)
        SSL_SESSION_set_time(order[i], (long)SSL_SESSION_get_time(order[i]) - (long)seconds);
    free(order);
    sslrefs_slept += (long)seconds;
    return 0;
}

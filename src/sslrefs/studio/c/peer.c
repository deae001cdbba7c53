/* ---- The scripted peer: the other end of every handshake, in this process ---- */

#undef SSL_CTX_new
#undef SSL_connect
#undef SSL_accept
#undef SSL_do_handshake
#undef SSL_read
#undef SSL_write
#undef SSL_read_ex
#undef SSL_write_ex
#undef SSL_set_connect_state
#undef SSL_set_accept_state
#undef SSL_CTX_set_verify
#undef SSL_set_verify

/* One connection: a BIO pair with the text's SSL at the near end. */
struct sslrefs_wire {
    BIO *near_end;  /* owned by the text's SSL; here it is only a name */
    BIO *far_end;   /* owned by `far` */
    SSL *far;
    int has_spoken; /* in a loop that reads until the peer closes */
    struct sslrefs_wire *next;
};

static struct sslrefs_wire *sslrefs_wires;
static SSL_SESSION *sslrefs_latest; /* what the client will show when it comes back */
static SSL_CTX *sslrefs_servers, *sslrefs_clients, *sslrefs_unwilling;
static EVP_PKEY *sslrefs_key;
static X509 *sslrefs_certificate;

/* What happens at the far end is none of the text's business: neither objects nor errors. */
static void sslrefs_far_begins(void)
{
    sslrefs_is_hidden++;
    ERR_set_mark();
}

static void sslrefs_far_ends(void)
{
    ERR_pop_to_mark();
    sslrefs_is_hidden--;
}

/* A certificate signed by itself, made once: its key lies on an elliptic curve. */
static void sslrefs_certify(SSL_CTX *ctx)
{
    if (sslrefs_certificate == NULL) {
        EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
        EVP_PKEY_keygen_init(maker);
        EVP_PKEY_CTX_set_ec_paramgen_curve_nid(maker, NID_X9_62_prime256v1);
        EVP_PKEY_keygen(maker, &sslrefs_key);
        EVP_PKEY_CTX_free(maker);
        sslrefs_certificate = X509_new();
        X509_set_pubkey(sslrefs_certificate, sslrefs_key);
        X509_gmtime_adj(X509_getm_notBefore(sslrefs_certificate), -86400);
        X509_gmtime_adj(X509_getm_notAfter(sslrefs_certificate), 86400);
        X509_sign(sslrefs_certificate, sslrefs_key, EVP_sha256());
    }
    SSL_CTX_use_certificate(ctx, sslrefs_certificate);
    SSL_CTX_use_PrivateKey(ctx, sslrefs_key);
}

/* The text's SSL_CTX_new: every context can serve. */
SSL_CTX *sslrefs_ctx_new(const SSL_METHOD *method)
{
    SSL_CTX *ctx = SSL_CTX_new(method);
    sslrefs_certify(ctx);
    return ctx;
}

int sslrefs_granted(void)
{
    return 1;
}

static int sslrefs_accept_any(int is_fine, X509_STORE_CTX *store)
{
    (void)is_fine;
    (void)store;
    return 1;
}

/* The text's SSL_CTX_set_verify: the other side may be asked, but anything it shows will do. */
void sslrefs_ask_peer(SSL_CTX *ctx, int mode)
{
    SSL_CTX_set_verify(ctx, mode & SSL_VERIFY_PEER, sslrefs_accept_any);
}

void sslrefs_ask_peer_of(SSL *ssl, int mode)
{
    SSL_set_verify(ssl, mode & SSL_VERIFY_PEER, sslrefs_accept_any);
}

static SSL_CTX *sslrefs_side(SSL_CTX **made, int serves)
{
    if (*made != NULL)
        return *made;
    *made = SSL_CTX_new(TLS_method());
    SSL_CTX_set_max_proto_version(*made, SSLREFS_MAX_VERSION);
    if (!SSLREFS_GIVES_TICKETS) {
        SSL_CTX_set_options(*made, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(*made, 0);
    }
    if (serves) {
        sslrefs_certify(*made);
        SSL_CTX_set_session_id_context(*made, (const unsigned char *)"peer", 4);
    }
    return *made;
}

/* A server that refuses resumption forgets its sessions and the keys of its tickets. */
static void sslrefs_forget(SSL_CTX *ctx)
{
    unsigned char keys[80];
    size_t i;

    for (i = 0; i < sizeof keys; i++)
        keys[i] = (unsigned char)rand();
    SSL_CTX_flush_sessions(ctx, 0);
    SSL_CTX_set_tlsext_ticket_keys(ctx, keys, sizeof keys);
}

/* A side that was chosen stays chosen: it is kept with the text's SSL. */
static int sslrefs_role_index(void)
{
    static int index = -1;

    if (index < 0)
        index = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    return index;
}

static int sslrefs_role_of(SSL *ssl)
{
    return (int)(intptr_t)SSL_get_ex_data(ssl, sslrefs_role_index());
}

static void sslrefs_note_role(SSL *ssl, int role)
{
    SSL_set_ex_data(ssl, sslrefs_role_index(), (void *)(intptr_t)role);
}

/* SSL_set_connect_state or SSL_set_accept_state of the text. */
void sslrefs_choose(SSL *ssl, int role)
{
    if (role == SSLREFS_CLIENT)
        SSL_set_connect_state(ssl);
    else
        SSL_set_accept_state(ssl);
    sslrefs_note_role(ssl, role);
}

static struct sslrefs_wire *sslrefs_wire_of(SSL *ssl)
{
    struct sslrefs_wire *wire = sslrefs_wires;

    while (wire != NULL && wire->near_end != SSL_get_rbio(ssl))
        wire = wire->next;
    return wire;
}

/* Give back all that is the peer's, so that only the text's own leaks are left. */
void sslrefs_leave(void)
{
    while (sslrefs_wires != NULL) {
        struct sslrefs_wire *wire = sslrefs_wires;
        sslrefs_wires = wire->next;
        SSL_free(wire->far);
        free(wire);
    }
    SSL_SESSION_free(sslrefs_latest);
    SSL_CTX_free(sslrefs_servers);
    SSL_CTX_free(sslrefs_clients);
    SSL_CTX_free(sslrefs_unwilling);
    X509_free(sslrefs_certificate);
    EVP_PKEY_free(sslrefs_key);
}

static struct sslrefs_wire *sslrefs_connect(SSL *ssl, int serves, int directions)
{
    struct sslrefs_wire *wire = calloc(1, sizeof *wire);
    SSL_CTX *side;

    if (serves)
        side = sslrefs_side(&sslrefs_servers, 1);
    else if (directions & SSLREFS_FAILS) {
        /* It asks for a signature that no certificate here can give. */
        side = sslrefs_side(&sslrefs_unwilling, 0);
        SSL_CTX_set1_sigalgs_list(side, "RSA-PSS+SHA256:RSA+SHA256");
    } else
        side = sslrefs_side(&sslrefs_clients, 0);
    if (serves && SSLREFS_REFUSES)
        sslrefs_forget(side);
    wire->far = SSL_new(side);
    BIO_new_bio_pair(&wire->near_end, 1 << 16, &wire->far_end, 1 << 16);
    SSL_set_bio(ssl, wire->near_end, wire->near_end);
    SSL_set_bio(wire->far, wire->far_end, wire->far_end);
    if (serves)
        SSL_set_accept_state(wire->far);
    else
        SSL_set_connect_state(wire->far);
    if ((directions & SSLREFS_RESUMES) && sslrefs_latest != NULL)
        SSL_set_session(wire->far, sslrefs_latest);
    wire->next = sslrefs_wires;
    sslrefs_wires = wire;
    return wire;
}

/* The client keeps the session it was given: in TLS 1.3 the tickets come as data. */
static void sslrefs_keep_latest(struct sslrefs_wire *wire)
{
    char byte;

    SSL_read(wire->far, &byte, 1);
    SSL_SESSION_free(sslrefs_latest);
    sslrefs_latest = SSL_get1_session(wire->far);
}

/* SSL_connect, SSL_accept or SSL_do_handshake of the text: both ends take turns. */
int sslrefs_handshake(SSL *ssl, int (*shake)(SSL *), int directions)
{
    static const unsigned char refusal[] = {0x15, 3, 3, 0, 2, 2, 40}; /* a fatal alert */
    struct sslrefs_wire *wire;
    int role, serves, ask, answer = -1;

    if (!SSL_in_before(ssl))
        return shake(ssl);
    role = sslrefs_role_of(ssl);
    if (role == SSLREFS_NO_SIDE && shake != SSL_do_handshake) {
        role = shake == SSL_connect ? SSLREFS_CLIENT : SSLREFS_SERVER;
        sslrefs_note_role(ssl, role);
    }
    serves = role == SSLREFS_CLIENT; /* the peer is the other side */
    sslrefs_far_begins();
    wire = sslrefs_connect(ssl, serves, directions);
    sslrefs_far_ends();
    for (ask = 0; ask < 10; ask++) {
        int wants_more;

        answer = shake(ssl);
        wants_more = answer < 1 && SSL_get_error(ssl, answer) == SSL_ERROR_WANT_READ;
        if (wants_more && (directions & SSLREFS_FAILS) && ask == !serves) {
            BIO_write(wire->far_end, refusal, sizeof refusal);
            answer = shake(ssl);
            break;
        }
        sslrefs_far_begins();
        SSL_do_handshake(wire->far);
        sslrefs_far_ends();
        if (!wants_more || BIO_pending(wire->near_end) == 0)
            break;
    }
    if (answer == 1 && !serves) {
        sslrefs_far_begins();
        sslrefs_keep_latest(wire);
        sslrefs_far_ends();
    }
    return answer;
}

/* The first data shake hands, unless that way is closed; the peer must be there by then. */
static void sslrefs_open(SSL *ssl, int closed, int directions)
{
    if (sslrefs_role_of(ssl) != SSLREFS_NO_SIDE && !(SSL_get_shutdown(ssl) & closed)
        && SSL_in_before(ssl))
        sslrefs_handshake(ssl, SSL_do_handshake, directions);
}

int sslrefs_write(SSL *ssl, const void *data, int size, int directions)
{
    sslrefs_open(ssl, SSL_SENT_SHUTDOWN, directions);
    return SSL_write(ssl, data, size);
}

/* What SSL_read_ex and SSL_write_ex make of what the older calls return. */
int sslrefs_counted(int answer, size_t *count)
{
    if (answer <= 0)
        return 0;
    *count = (size_t)answer;
    return 1;
}

/* SSL_read of the text, after the peer has said what the directions want. */
int sslrefs_read(SSL *ssl, void *buffer, int size, int directions)
{
    static const unsigned char broken[37] = {0x17, 3, 3, 0, 32}; /* cannot be decrypted */
    struct sslrefs_wire *wire;

    sslrefs_open(ssl, SSL_RECEIVED_SHUTDOWN, directions);
    wire = sslrefs_wire_of(ssl);
    if (wire != NULL) {
        sslrefs_far_begins();
        if (directions & SSLREFS_BREAKS)
            BIO_write(wire->far_end, broken, sizeof broken);
        else if ((directions & SSLREFS_CLOSES)
                 || ((directions & SSLREFS_ONCE) && wire->has_spoken)) {
            /* A second SSL_shutdown would read what the near end has sent. */
            if (!(SSL_get_shutdown(wire->far) & SSL_SENT_SHUTDOWN))
                SSL_shutdown(wire->far);
        } else
            SSL_write(wire->far, "hello", 5);
        wire->has_spoken = directions & SSLREFS_ONCE;
        sslrefs_far_ends();
    }
    return SSL_read(ssl, buffer, size);
}


/*
 * Time is that of the model: it starts at 1,700,000,000 and moves only by
 * sleep(), which does not wait but makes every session older.
 */
void sslrefs_clock_start(void);
time_t sslrefs_time(time_t *where);
unsigned int sslrefs_sleep(unsigned int seconds);
long sslrefs_set_time(SSL_SESSION *session, long when);
long sslrefs_get_time(const SSL_SESSION *session);
long sslrefs_real(long when);

#define time(where) sslrefs_time(where)
#define sleep(seconds) sslrefs_sleep(seconds)
#define SSL_SESSION_set_time(session, when) sslrefs_set_time((session), (when))
#define SSL_SESSION_get_time(session) sslrefs_get_time(session)
#define SSL_CTX_flush_sessions(ctx, when) SSL_CTX_flush_sessions((ctx), sslrefs_real(when))
#define SSL_CTX_flush_sessions_ex(ctx, when) SSL_CTX_flush_sessions_ex((ctx), sslrefs_real(when))

/* A binding for a scripting language: an object of the language wraps a session. */
#include "lauxlib.h"

typedef struct { SSL_SESSION *session; int own; } lsec_session, *p_session;
typedef struct { SSL_CTX *ctx; SSL *ssl; } lsec_ssl, *p_ssl;

#define CHECK(x) if (!(x)) return luaL_error(L, "invalid")

static int meth_session(lua_State *L)
{
  p_ssl ssl = (p_ssl)luaL_checkudata(L, 1, "SSL:Connection");
  p_session obj = (p_session)lua_newuserdata(L, sizeof(lsec_session));
  SSL_SESSION *s;

  CHECK(ssl->ssl != NULL);
  s = SSL_get_session(ssl->ssl);
  CHECK(s);
  obj->session = s;
  obj->own = 1;
  luaL_getmetatable(L, "SSL:Session");
  lua_setmetatable(L, -2);
  return 1;
}

static int meth_gc(lua_State *L)
{
  p_session obj = (p_session)luaL_checkudata(L, 1, "SSL:Session");
  if (obj->own && obj->session) {
    SSL_SESSION_free(obj->session);
    obj->session = NULL;
  }
  return 0;
}

static const luaL_Reg methods[] = {
  {"session", meth_session},
  {"__gc", meth_gc},
  {NULL, NULL}
};

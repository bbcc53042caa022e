// A real OpenID provider on loopback for the login test: `node provider.mjs PORT CALLBACK`. It knows one person by
// whatever name is typed, and tells when it listens.
import Provider from 'oidc-provider';

const [port, callback] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'forlopp',
      client_secret: 'a secret of the test & nothing else',
      redirect_uris: [callback],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  findAccount: async (_context, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      email: `${id}@forlopp.example`,
      email_verified: true,
      name: id,
      groups: ['forlopp-analys'],
    }),
  }),
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['of the test'] },
});

provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));

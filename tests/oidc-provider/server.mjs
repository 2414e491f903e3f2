// An OpenID provider of which everybody is a user: node server.mjs [PORT]. Prints its issuer once it listens.
//
// Whoever is named by login_hint is logged in, without a word. A code is exchanged for two tokens: an ID token, which is meant for the
// client (aud), and a session token like Clerk's, which is meant for nobody but names the page that asked for it (azp).
//
// Commands are lines of the standard input, each of which is answered by a line:
//   rotate    signs with new keys; the old ones are published still
//   retire    publishes the newest keys alone
//   reads     how often its keys were asked for
//   key       the private key that it signs with by RS256, for tests that make what no provider would sign
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const say = console.log;
console.info = console.warn = console.log = () => {}; // It warns of what a real installation would need.
const { Provider } = await import('oidc-provider');

const origin = 'https://console.example.com';
const resource = 'urn:example:console';
const forms = { RS256: ['rsa', { modulusLength: 2048 }], PS256: ['rsa', { modulusLength: 2048 }], ES256: ['ec', { namedCurve: 'P-256' }] };

let generation = 0;
const makeKeys = () => {
  generation++;
  return Object.entries(forms).map(([alg, [kind, options]]) => ({
    ...generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' }),
    kid: `${alg}-${generation}-${process.pid}`,
    use: 'sig',
    alg,
  }));
};

const makeProvider = (issuer, keys) => new Provider(issuer, {
  jwks: { keys },
  cookies: { keys: ['of no importance'] },
  scopes: ['openid', 'email'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  clients: Object.keys(forms).map((alg) => ({
    client_id: `console-${alg}`,
    token_endpoint_auth_method: 'none',
    redirect_uris: [`${origin}/back`],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: alg,
  })),
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: `${sub}@example.com`, email_verified: !sub.startsWith('unverified') }),
  }),
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid email');
    grant.addResourceScope(resource, 'console');
    await grant.save();
    return grant;
  },
  interactions: { url: (_, interaction) => `/enter/${interaction.uid}` },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: ({ oidc }) => ({
        scope: 'console',
        accessTokenTTL: 60,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: oidc.client.idTokenSignedResponseAlg } },
      }),
    },
  },
  formats: {
    customizers: {
      jwt: (_, token, structured) => {
        structured.header = { typ: 'JWT' };
        Object.assign(structured.payload, {
          aud: { toJSON: () => undefined }, // It insists on an audience, which is not to be written.
          azp: origin,
          nbf: structured.payload.iat,
          email: `${token.accountId}@example.com`,
          email_verified: !token.accountId.startsWith('unverified'),
        });
      },
    },
  },
});

let keys = makeKeys();
let reads = 0;
let provider;
const server = createServer(async (request, response) => {
  if (request.url === '/jwks') reads++;
  if (!request.url.startsWith('/enter/')) return provider.callback()(request, response);
  const { params } = await provider.interactionDetails(request, response);
  return provider.interactionFinished(request, response, { login: { accountId: params.login_hint } });
});

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  provider = makeProvider(issuer, keys);
  say(issuer);
  const commands = createInterface({ input: process.stdin });
  commands.on('close', () => process.exit());
  commands.on('line', (command) => {
    if (command === 'rotate') keys = [...makeKeys(), ...keys];
    if (command === 'retire') keys = keys.slice(0, Object.keys(forms).length);
    const answers = { reads: () => reads, key: () => JSON.stringify(keys[0]) };
    if (command in answers) return say(answers[command]());
    provider = makeProvider(issuer, keys);
    return say('done');
  });
});

// An SMTP server on loopback: node server.mjs OPTIONS, a JSON object of
//   port      0 or left out: a free one
//   user, password   who has to log in; nobody where they are left out
//   key, cert        PEM: STARTTLS is offered, and wanted before a log-in
//   refuse           a recipient that it has no mailbox for
// Prints its port once it listens, then each mail that it took, as JSON a line: to, user, secure, message.
import { SMTPServer } from 'smtp-server';

const { port = 0, user, password, key, cert, refuse } = JSON.parse(process.argv[2] ?? '{}');
const failure = (responseCode, message) => Object.assign(new Error(message), { responseCode });

const server = new SMTPServer({
  key,
  cert,
  disabledCommands: [...(key ? [] : ['STARTTLS']), ...(user ? [] : ['AUTH'])],
  allowInsecureAuth: !key,
  authOptional: !user,
  disableReverseLookup: true,
  logger: false,
  onAuth: (auth, _session, done) =>
    auth.username === user && auth.password === password ? done(null, { user }) : done(failure(535, 'No such user')),
  onRcptTo: ({ address }, _session, done) => done(address === refuse ? failure(550, 'No such mailbox') : null),
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      const taken = {
        to: session.envelope.rcptTo.map(({ address }) => address),
        user: session.user ?? null,
        secure: session.secure,
        message: Buffer.concat(parts).toString('base64'),
      };
      console.log(JSON.stringify(taken));
      done();
    });
  },
});
server.on('error', () => {});
const listening = server.listen(port, '127.0.0.1', () => console.log(listening.address().port));

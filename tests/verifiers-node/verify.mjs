// Reads cases from standard input and says of each whether npm's stripe and standardwebhooks accept it.
//
// in:  [{"headers": {...}, "body": "<base64>", "secret": "whsec_...", "at": <Unix seconds, or null for now>}]
// out: [{"stripe": null or why not, "standardwebhooks": null or why not}]
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';
import { Webhook } from 'standardwebhooks';

const toleranceSeconds = 300;
const systemNow = Date.now;

function refusal(check) {
  try {
    check();
    return null;
  } catch (error) {
    return `${error.constructor.name}: ${error.message}`;
  }
}

function verify({ headers, body, secret, at }) {
  const payload = Buffer.from(body, 'base64');
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  // standardwebhooks takes no clock as a parameter.
  Date.now = at === null ? systemNow : () => at * 1000;
  return {
    stripe: refusal(() =>
      Stripe.webhooks.signature.verifyHeader(payload, lower['framelane-signature'], secret, toleranceSeconds)),
    standardwebhooks: refusal(() => new Webhook(secret).verify(payload, lower)),
  };
}

const cases = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(cases.map(verify)));

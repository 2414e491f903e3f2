// Signs events as Stripe does, with npm's stripe.
//
// in:  [{"payload": "...", "secret": "whsec_...", "timestamp": <Unix seconds>}]
// out: ["t=...,v1=..."]
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';

const cases = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(cases.map((each) => Stripe.webhooks.generateTestHeaderString(each))));

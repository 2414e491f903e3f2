using System.Text;
using Framelane.Api.Tests.Verifiers;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>Who may say that something was paid: nobody but Stripe, and not with an old letter.</summary>
public sealed class EventSignatureTests : BillingTests
{
    [Test]
    public async Task Stripes_own_signatures_are_taken()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var body = StripeEvent.Of(customer).Body;
        var now = DateTimeOffset.UtcNow;
        var headers = await NodeVerifier.SignEventsAsync(
            new EventToSign(body, FakeStripe.Secret, now.ToUnixTimeSeconds()), new EventToSign(body, FakeStripe.Secret + "x", now.ToUnixTimeSeconds()));

        var wrong = await StripeEvent.SendAsync(Host, body, headers[1]);
        var right = await StripeEvent.SendAsync(Host, body, headers[0]);

        Assert.That(headers[0], Is.EqualTo(StripeEvent.Sign(body, at: now)), "The scheme as it is written out here.");
        Assert.That((wrong.Status, wrong.Code), Is.EqualTo((400, "invalid_request")));
        Assert.That((right.Status, right.Body), Is.EqualTo((200, """{"received":true}""")));
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("pro active"));
    }

    [Test]
    public async Task Whatever_is_not_signed_or_not_lately_is_refused_and_leaves_no_trace()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var body = StripeEvent.Of(customer).Body;
        var (now, good) = (DateTimeOffset.UtcNow, StripeEvent.Sign(body));
        var v1 = good[(good.IndexOf("v1=", StringComparison.Ordinal) + 3)..];
        var t = now.ToUnixTimeSeconds();
        (string Body, string? Signature)[] refused =
        [
            (body, null), (body, ""), (body, " "), (body, "t"), (body, "="), (body, ",,,"), (body, "t=,v1="), (body, $"v1={v1}"), (body, $"t={t}"),
            (body, $"t={t},v1="), (body, $"t={t},v0={v1}"), (body, $"t={t},v1={v1[..^1]}"), (body, $"t={t},v1={v1.ToUpperInvariant()}"), (body, $"t={t - 10},v1={v1}"),
            (body, $"t=soon,v1={v1}"), (body, $"t=99999999999999999999,v1={v1}"), (body, new string('x', 8000)),
            (body, StripeEvent.Sign(body, "whsec_another")), (body, StripeEvent.Sign(body, "")),
            (body, StripeEvent.Sign(body, at: now.AddSeconds(-302))), (body, StripeEvent.Sign(body, at: now.AddSeconds(310))), (body, StripeEvent.Sign(body, at: now.AddYears(-1))),
            (body + " ", good), (" " + body, good), (body[..^1], good), (body.Replace("active", "actiwe", StringComparison.Ordinal), good), ("", good), ("\uFEFF" + body, good),
        ];
        var before = await SnapshotAsync();

        foreach (var (sent, signature) in refused)
        {
            var answer = await StripeEvent.SendAsync(Host, sent, signature, ("Idempotency-Key", "forged"));
            Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "invalid_request")), signature);
            Assert.That(answer.Json["error"]!["details"]!.AsObject(), Is.Empty);
        }

        Assert.That(await SnapshotAsync(), Is.EqualTo(before));
        Assert.That((await StripeEvent.SendAsync(Host, body, StripeEvent.Sign(body, at: now.AddSeconds(-290)))).Status, Is.EqualTo(200), "Not yet old.");
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("pro active"));
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"evt_1\"")]
    [TestCase("{}")]
    [TestCase("""{"id": "evt_1"}""")]
    [TestCase("""{"id": "\ud800", "type": "customer.subscription.updated"}""")]
    [TestCase("""{"id": "evt_1", "type": "customer.subscription.updated", "\ud800": 1}""")]
    [TestCase("""{"id": 1, "type": "customer.subscription.updated"}""")]
    [TestCase("""{"id": "", "type": "customer.subscription.updated"}""")]
    public async Task What_is_signed_and_no_event_is_refused(string body)
    {
        var answer = await StripeEvent.SendAsync(Host, body, StripeEvent.Sign(body));

        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "invalid_request")));
    }

    [TestCase("""{"id": "evt_1", "type": "customer.subscription.updated"}""")]
    [TestCase("""{"id": "evt_1", "type": "customer.subscription.updated", "data": {"object": null}}""")]
    [TestCase("""{"id": "evt_1", "type": "customer.subscription.updated", "data": {"object": {"customer": 7}}}""")]
    [TestCase("""{"id": "evt_1", "type": "something.new", "data": []}""")]
    public async Task An_event_that_leads_nowhere_is_received_and_does_nothing(string body)
    {
        var before = await SnapshotAsync();
        var answer = await StripeEvent.SendAsync(Host, body, StripeEvent.Sign(body));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(await SnapshotAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Nothing_limits_how_often_Stripe_may_call_and_no_body_is_endless()
    {
        await using var host = await ApiHost.StartAsync([.. Stripe.Settings, ("Framelane:RateLimits:UnauthenticatedRequestsPerMinute", "1"), ("Framelane:Limits:BodyBytes", "4096")]);
        var body = StripeEvent.Of("cus_nobody").Body;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StripeEvent.SendAsync(host, body, StripeEvent.Sign(body))));
        var large = await StripeEvent.SendAsync(host, new string(' ', 5000), "t=1,v1=x");

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That((large.Status, large.Code), Is.EqualTo((413, "payload_too_large")));
    }

    [Test]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var body = StripeEvent.Of("cus_1").Body;
        using var content = Caller.Json([.. Encoding.UTF8.GetBytes(body), 0xFF]);
        var answer = await Host.Nobody.SendContentAsync("POST", "/v1/billing/events", content, ("Stripe-Signature", StripeEvent.Sign(body)));

        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "invalid_request")));
    }
}

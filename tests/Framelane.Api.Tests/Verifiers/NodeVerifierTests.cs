using Framelane.Api.Tests.Client;

namespace Framelane.Api.Tests.Verifiers;

public sealed class NodeVerifierTests
{
    static readonly KnownAnswer Known = KnownAnswers.First;

    [Test]
    public async Task Known_answers_are_accepted_by_stripe()
    {
        var verdicts = await NodeVerifier.VerifyAsync([.. KnownAnswers.Deliverable.Select(known => Case(known.Header, known.Bytes, known.Secret, known.T))]);

        Assert.That(verdicts.Select(verdict => verdict.Stripe), Is.All.Null);
    }

    [Test]
    public async Task Known_answer_is_accepted_by_standardwebhooks()
    {
        var verdicts = await NodeVerifier.VerifyAsync(
            Case(Known.Header, Known.Bytes, Known.Secret, Known.T),
            Case(Known.Header, Known.Bytes, Known.Secret, Known.T, $"v1,AAAA {KnownAnswers.StandardSignature}"));

        Assert.That(verdicts.Select(verdict => verdict.Standardwebhooks), Is.All.Null);
    }

    [Test]
    public async Task Two_signatures_are_accepted_with_either_secret()
    {
        var header = $"t={Known.T},v1={KnownAnswers.OtherSecret.V1},v1={Known.V1}";

        var verdicts = await NodeVerifier.VerifyAsync(
            Case(header, Known.Bytes, KnownAnswers.Secret1, Known.T),
            Case(header, Known.Bytes, KnownAnswers.Secret2, Known.T));

        Assert.That(verdicts.Select(verdict => verdict.Stripe), Is.All.Null);
    }

    [Test]
    public async Task Wrong_secret_body_and_time_are_refused_by_both()
    {
        var verdicts = await NodeVerifier.VerifyAsync(
            Case(Known.Header, Known.Bytes, KnownAnswers.Secret2, Known.T),
            Case(Known.Header, [.. Known.Bytes, (byte)' '], Known.Secret, Known.T),
            Case(Known.Header, Known.Bytes, Known.Secret, Known.T + 301),
            Case(Known.Header, Known.Bytes, Known.Secret, at: null));

        Assert.That(verdicts.Select(verdict => verdict.Stripe), Has.All.StartsWith("StripeSignatureVerificationError"));
        Assert.That(verdicts.Select(verdict => verdict.Standardwebhooks), Has.All.StartsWith("WebhookVerificationError"));
    }

    static VerifierCase Case(string header, byte[] body, string secret, long? at, string standard = KnownAnswers.StandardSignature) => new(
        new Dictionary<string, string>
        {
            ["Framelane-Signature"] = header,
            ["Webhook-Id"] = KnownAnswers.StandardId,
            ["Webhook-Timestamp"] = $"{Known.T}",
            ["Webhook-Signature"] = standard,
        },
        body,
        secret,
        at);
}

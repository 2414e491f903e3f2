using System.Text;
using Framelane.Api.Tests.Client;
using Framelane.Client;
using Stripe;

namespace Framelane.Api.Tests.Verifiers;

/// <summary>Framelane's scheme is Stripe's, so that their library judges ours.</summary>
public sealed class StripeNetTests
{
    [TestCaseSource(typeof(KnownAnswers), nameof(KnownAnswers.Deliverable))]
    public void Known_answer_is_accepted(KnownAnswer known) => Assert.That(() => Validate(known.Header, known.Body, known.Secret, known.T), Throws.Nothing);

    [TestCase(1)]
    [TestCase(2)]
    public void What_we_create_is_accepted(int secrets)
    {
        string[] signing = [KnownAnswers.Secret2, KnownAnswers.Secret1];
        var now = DateTimeOffset.UtcNow;
        const string body = """{"type":"webhook.ping"}""";

        var header = WebhookSignature.Create(Encoding.UTF8.GetBytes(body), now, signing.AsSpan(0, secrets));

        foreach (var secret in signing.Take(secrets))
            Assert.That(() => Validate(header, body, secret, now.ToUnixTimeSeconds()), Throws.Nothing);
    }

    [Test]
    public void Another_secret_is_refused()
    {
        var known = KnownAnswers.First;

        Assert.That(() => Validate(known.Header, known.Body, KnownAnswers.Secret2, known.T), Throws.TypeOf<StripeException>());
    }

    [TestCase(300, false)]
    [TestCase(301, true)]
    public void Tolerance_is_theirs_too(int secondsLater, bool refused)
    {
        var known = KnownAnswers.First;

        Assert.That(
            () => Validate(known.Header, known.Body, known.Secret, known.T + secondsLater),
            refused ? Throws.TypeOf<StripeException>() : Throws.Nothing);
    }

    static void Validate(string header, string body, string secret, long now) =>
        EventUtility.ValidateSignature(body, header, secret, tolerance: 300, utcNow: now);
}

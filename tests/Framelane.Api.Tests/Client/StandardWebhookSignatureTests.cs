using System.Security.Cryptography;
using System.Text;
using Framelane.Client;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Api.Tests.Client;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StandardWebhookSignatureTests
{
    static readonly KnownAnswer Known = KnownAnswers.First;

    readonly FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeSeconds(Known.T));

    [Test]
    public void Known_answer_is_accepted() => Assert.That(Judge(KnownAnswers.StandardSignature), Is.EqualTo(WebhookSignatureFailure.None));

    [Test]
    public void Prefix_of_the_secret_may_be_left_out() =>
        Assert.That(Judge(KnownAnswers.StandardSignature, secret: Known.Secret["whsec_".Length..]), Is.EqualTo(WebhookSignatureFailure.None));

    /// <remarks>As a file of one line has it.</remarks>
    [TestCase("{0}\n")]
    [TestCase(" {0}\r\n")]
    public void Space_around_the_secret_is_none_of_it(string form) =>
        Assert.That(Judge(KnownAnswers.StandardSignature, secret: string.Format(form, Known.Secret)), Is.EqualTo(WebhookSignatureFailure.None));

    [Test]
    public void Right_signature_may_be_any_of_many() =>
        Assert.That(Judge($"v1a,abc v1,AAAA  v1,* {KnownAnswers.StandardSignature} v2,x"), Is.EqualTo(WebhookSignatureFailure.None));

    [TestCase(null, WebhookSignatureFailure.MissingHeader)]
    [TestCase("v1a,abc", WebhookSignatureFailure.NoSupportedSignature)]
    [TestCase("v1,AAAA", WebhookSignatureFailure.SignatureMismatch)]
    [TestCase("v1,*", WebhookSignatureFailure.SignatureMismatch)]
    public void Signature_that_is_refused_says_why(string? signature, WebhookSignatureFailure expected) =>
        Assert.That(Judge(signature), Is.EqualTo(expected));

    [TestCase(null, "1716278400", WebhookSignatureFailure.MissingHeader)]
    [TestCase("evt_other", "1716278400", WebhookSignatureFailure.SignatureMismatch)]
    [TestCase(KnownAnswers.StandardId, null, WebhookSignatureFailure.MissingHeader)]
    [TestCase(KnownAnswers.StandardId, "today", WebhookSignatureFailure.MalformedHeader)]
    [TestCase(KnownAnswers.StandardId, "1716278401", WebhookSignatureFailure.SignatureMismatch)]
    public void Id_and_time_are_signed(string? id, string? timestamp, WebhookSignatureFailure expected) =>
        Assert.That(Judge(KnownAnswers.StandardSignature, id, timestamp), Is.EqualTo(expected));

    [TestCase(300, WebhookSignatureFailure.None)]
    [TestCase(301, WebhookSignatureFailure.TimestampTooOld)]
    public void Time_may_lie_300_seconds_back(int secondsLater, WebhookSignatureFailure expected)
    {
        clock.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.That(Judge(KnownAnswers.StandardSignature), Is.EqualTo(expected));
    }

    [Test]
    public void Verify_throws_with_the_reason() =>
        Assert.That(
            () => StandardWebhookSignature.Verify(Known.Bytes, KnownAnswers.StandardId, $"{Known.T}", KnownAnswers.StandardSignature, KnownAnswers.Secret2, clock: clock),
            Throws.TypeOf<WebhookSignatureException>().With.Property("Failure").EqualTo(WebhookSignatureFailure.SignatureMismatch));

    /// <remarks>The signature is right by the key of no bytes, which everybody has.</remarks>
    [TestCase("")]
    [TestCase(" \t\n")]
    [TestCase("whsec_")]
    [TestCase("whsec_ \n")]
    public void Empty_secret_is_an_argument_error_whatever_was_signed_by_it(string secret)
    {
        var signed = HMACSHA256.HashData([], [.. Encoding.UTF8.GetBytes($"{KnownAnswers.StandardId}.{Known.T}."), .. Known.Bytes]);

        Assert.That(() => Judge($"v1,{Convert.ToBase64String(signed)}", secret: secret), Throws.ArgumentException);
    }

    WebhookSignatureFailure Judge(string? signature, string? id = KnownAnswers.StandardId, string? timestamp = "1716278400", string? secret = null)
    {
        StandardWebhookSignature.TryVerify(Known.Bytes, id, timestamp, signature, secret ?? Known.Secret, out var failure, clock: clock);
        return failure;
    }
}

using System.Security.Cryptography;
using System.Text;
using Framelane.Client;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Api.Tests.Client;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WebhookSignatureTests
{
    static readonly KnownAnswer Known = KnownAnswers.First;

    readonly FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeSeconds(Known.T));

    [TestCaseSource(typeof(KnownAnswers), nameof(KnownAnswers.All))]
    public void Known_answer_is_accepted(KnownAnswer known) => Assert.That(Judge(known.Header, known.Bytes, known.Secret), Is.EqualTo(WebhookSignatureFailure.None));

    [TestCaseSource(typeof(KnownAnswers), nameof(KnownAnswers.All))]
    public void Known_answer_is_created(KnownAnswer known) =>
        Assert.That(WebhookSignature.Create(known.Bytes, DateTimeOffset.FromUnixTimeSeconds(known.T), known.Secret), Is.EqualTo(known.Header));

    /// <remarks>As a file of one line has it.</remarks>
    [TestCase("{0}\n")]
    [TestCase(" {0}\r\n")]
    public void Space_around_the_secret_is_none_of_it(string form)
    {
        var secret = string.Format(form, Known.Secret);

        Assert.That(Judge(Known.Header, secret: secret), Is.EqualTo(WebhookSignatureFailure.None));
        Assert.That(WebhookSignature.Create(Known.Bytes, DateTimeOffset.FromUnixTimeSeconds(Known.T), secret), Is.EqualTo(Known.Header));
    }

    [Test]
    public void A_secret_without_its_prefix_is_another() =>
        Assert.That(Judge(Known.Header, secret: Known.Secret["whsec_".Length..]), Is.EqualTo(WebhookSignatureFailure.SignatureMismatch));

    [Test]
    public void Two_secrets_sign_in_their_order_and_each_is_accepted()
    {
        var header = WebhookSignature.Create(Known.Bytes, DateTimeOffset.FromUnixTimeSeconds(Known.T), KnownAnswers.Secret2, KnownAnswers.Secret1);

        Assert.That(header, Is.EqualTo($"t={Known.T},v1={KnownAnswers.OtherSecret.V1},v1={Known.V1}"));
        Assert.That(Judge(header, secret: KnownAnswers.Secret1), Is.EqualTo(WebhookSignatureFailure.None));
        Assert.That(Judge(header, secret: KnownAnswers.Secret2), Is.EqualTo(WebhookSignatureFailure.None));
    }

    [Test]
    public void The_right_signature_may_be_any_of_many()
    {
        var wrong = string.Concat(Enumerable.Repeat($",v1={KnownAnswers.OtherSecret.V1}", 20));

        Assert.That(Judge($"t={Known.T}{wrong},v1={Known.V1}{wrong}"), Is.EqualTo(WebhookSignatureFailure.None));
    }

    [TestCase("t={0}, v1={1}", TestName = "A space after the comma")]
    [TestCase(" v1={1} ,t={0} ", TestName = "Another order")]
    [TestCase("t={0},v0=00,v1={1},v2=abc,,x", TestName = "Elements of other versions")]
    [TestCase("t={0},v1=nothex,v1=,v1=00,v1={1}00,v1={1}", TestName = "Signatures that are none")]
    [TestCase("t={0},v1={1},t={0}", TestName = "The time twice, the same")]
    public void Header_is_read_with_tolerance(string form) =>
        Assert.That(Judge(string.Format(form, Known.T, Known.V1)), Is.EqualTo(WebhookSignatureFailure.None));

    [Test]
    public void Upper_case_hex_is_accepted() =>
        Assert.That(Judge($"t={Known.T},v1={Known.V1.ToUpperInvariant()}"), Is.EqualTo(WebhookSignatureFailure.None));

    [TestCase(null, WebhookSignatureFailure.MissingHeader)]
    [TestCase("", WebhookSignatureFailure.MissingHeader)]
    [TestCase("  ", WebhookSignatureFailure.MissingHeader)]
    [TestCase("nonsense", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("v1={1}", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("t=,v1={1}", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("t=-{0},v1={1}", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("t=+{0},v1={1}", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("t={0}.0,v1={1}", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("t=١٧١٦٢٧٨٤٠٠,v1={1}", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("t=99999999999999999999999,v1={1}", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("t={0},t=1716278401,v1={1}", WebhookSignatureFailure.MalformedHeader)]
    [TestCase("t={0}", WebhookSignatureFailure.NoSupportedSignature)]
    [TestCase("t={0},v0={1}", WebhookSignatureFailure.NoSupportedSignature)]
    [TestCase("t={0},V1={1}", WebhookSignatureFailure.NoSupportedSignature)]
    [TestCase("t={0},v1=", WebhookSignatureFailure.SignatureMismatch)]
    [TestCase("t=1716278401,v1={1}", WebhookSignatureFailure.SignatureMismatch)]
    [TestCase("t=01716278400,v1={1}", WebhookSignatureFailure.SignatureMismatch)]
    public void Header_that_is_refused_says_why(string? form, WebhookSignatureFailure expected) =>
        Assert.That(Judge(form is null ? null : string.Format(form, Known.T, Known.V1)), Is.EqualTo(expected));

    [Test]
    public void Every_flipped_bit_of_the_signature_is_refused()
    {
        var signature = Convert.FromHexString(Known.V1);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var flipped = (byte[])signature.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(
                Judge($"t={Known.T},v1={Convert.ToHexStringLower(flipped)}"),
                Is.EqualTo(WebhookSignatureFailure.SignatureMismatch),
                $"bit {bit}");
        }
    }

    [Test]
    public void Truncated_signature_is_refused() =>
        Assert.That(Judge($"t={Known.T},v1={Known.V1[..62]}"), Is.EqualTo(WebhookSignatureFailure.SignatureMismatch));

    [Test]
    public void Another_body_is_refused() =>
        Assert.That(Judge(Known.Header, [.. Known.Bytes, (byte)'\n']), Is.EqualTo(WebhookSignatureFailure.SignatureMismatch));

    [Test]
    public void Another_secret_is_refused() =>
        Assert.That(Judge(Known.Header, secret: KnownAnswers.Secret2), Is.EqualTo(WebhookSignatureFailure.SignatureMismatch));

    [TestCase(300, WebhookSignatureFailure.None)]
    [TestCase(301, WebhookSignatureFailure.TimestampTooOld)]
    [TestCase(-300, WebhookSignatureFailure.None)]
    [TestCase(-301, WebhookSignatureFailure.TimestampTooNew)]
    public void Time_may_lie_300_seconds_to_either_side(int secondsLater, WebhookSignatureFailure expected)
    {
        var later = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(Known.T + secondsLater));

        WebhookSignature.TryVerify(Known.Bytes, Known.Header, Known.Secret, out var failure, clock: later);

        Assert.That(failure, Is.EqualTo(expected));
    }

    [TestCase(10, true)]
    [TestCase(11, false)]
    public void Tolerance_is_the_callers(int secondsLater, bool accepted)
    {
        clock.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.That(
            WebhookSignature.TryVerify(Known.Bytes, Known.Header, Known.Secret, out _, TimeSpan.FromSeconds(10), clock),
            Is.EqualTo(accepted));
    }

    [Test]
    public void Farthest_time_is_judged_without_overflow() =>
        Assert.That(
            Judge(WebhookSignature.Create([], DateTimeOffset.MaxValue, Known.Secret), []),
            Is.EqualTo(WebhookSignatureFailure.TimestampTooNew));

    [Test]
    public void Forged_old_time_is_a_mismatch_and_tells_nothing_of_the_clock()
    {
        clock.Advance(TimeSpan.FromDays(1));

        Assert.That(Judge($"t={Known.T},v1={KnownAnswers.OtherSecret.V1}"), Is.EqualTo(WebhookSignatureFailure.SignatureMismatch));
    }

    [Test]
    public void Verify_throws_with_the_reason_and_shows_no_secret()
    {
        var thrown = Assert.Throws<WebhookSignatureException>(
            () => WebhookSignature.Verify(Known.Bytes, Known.Header, KnownAnswers.Secret2, clock: clock));

        Assert.That(thrown!.Failure, Is.EqualTo(WebhookSignatureFailure.SignatureMismatch));
        Assert.That(thrown.ToString(), Does.Not.Contain("whsec_"));
    }

    /// <remarks>Each would be a key that everybody knows.</remarks>
    [TestCase("")]
    [TestCase(" \t\n")]
    [TestCase("whsec_")]
    [TestCase(" whsec_ ")]
    public void Empty_secret_is_an_argument_error_whatever_was_signed_by_it(string secret)
    {
        byte[] text = [.. Encoding.UTF8.GetBytes($"{Known.T}."), .. Known.Bytes];
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Trim()), text);

        Assert.That(() => Judge($"t={Known.T},v1={Convert.ToHexStringLower(signed)}", secret: secret), Throws.ArgumentException);
        Assert.That(() => WebhookSignature.Create(Known.Bytes, clock.GetUtcNow(), secret), Throws.ArgumentException);
    }

    [Test]
    public void Wrong_use_is_an_argument_error()
    {
        Assert.That(
            () => WebhookSignature.TryVerify(Known.Bytes, Known.Header, Known.Secret, out _, TimeSpan.FromSeconds(-1)),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    WebhookSignatureFailure Judge(string? header, byte[]? body = null, string? secret = null)
    {
        var accepted = WebhookSignature.TryVerify(body ?? Known.Bytes, header, secret ?? Known.Secret, out var failure, clock: clock);
        Assert.That(accepted, Is.EqualTo(failure == WebhookSignatureFailure.None));
        return failure;
    }
}

using System.Text;
using Framelane.Infrastructure.Signing;
using Stripe;

namespace Framelane.Infrastructure.Tests.Signing;

public sealed class SignerTests
{
    const string EventId = "evt_01J8QR2K5VKDGN2T4FBM3CZYX7";
    const long T = 1716278400;
    const string Completed = """{"type":"render.completed"}""";

    [TestCase(KnownSecrets.First, T, Completed, "7c0a58f4d5d1c8f9a57edbd385298f097b72cd731e9f907e7d6d10ee107d9ed7")]
    [TestCase(KnownSecrets.Second, T, Completed, "0f0a2da60194042ddf45f3089fecec665193b37f6cca2868d4c99691a293abb5")]
    [TestCase(KnownSecrets.First, T + 1, """{"name":"Zoë — 東京 🎬"}""", "1362160c7c2cb059a81ea754747e30363cba1a908e16dae0914135635fc30dd6")]
    [TestCase(KnownSecrets.First, T, "", "359a99247cb88c6328b1b4fb9315e62eedf65e9199b6e3926561297c8232696c")]
    public void The_known_answers_of_the_contract(string secret, long t, string body, string v1)
    {
        var headers = Sign(body, t, secret);

        Assert.That(headers.Framelane, Is.EqualTo($"t={t},v1={v1}"));
        Assert.That(headers.Timestamp, Is.EqualTo($"{t}"));
    }

    [Test]
    public void The_known_answer_of_standard_webhooks() =>
        Assert.That(Sign(Completed, T, KnownSecrets.First).Standard, Is.EqualTo("v1,+0g+wqogD0KxECnwYon5iJSMU7Ko5oUqrCvyhNR4s0Q="));

    [Test]
    public void Two_secrets_sign_in_order_the_current_one_first()
    {
        var body = Encoding.UTF8.GetBytes(Completed);
        var headers = Sign(Completed, T, KnownSecrets.Second, KnownSecrets.First);

        Assert.That(
            headers.Framelane,
            Is.EqualTo(
                $"t={T},v1=0f0a2da60194042ddf45f3089fecec665193b37f6cca2868d4c99691a293abb5"
                + ",v1=7c0a58f4d5d1c8f9a57edbd385298f097b72cd731e9f907e7d6d10ee107d9ed7"));
        Assert.That(
            headers.Standard,
            Is.EqualTo($"{KnownSecrets.Standard(KnownSecrets.Second, EventId, $"{T}", body)} {KnownSecrets.Standard(KnownSecrets.First, EventId, $"{T}", body)}"));
    }

    [Test]
    public void It_knows_how_many_secrets_sign()
    {
        Assert.That(SignerOf(KnownSecrets.First).Signatures, Is.EqualTo(1));
        Assert.That(SignerOf(KnownSecrets.Second, KnownSecrets.First).Signatures, Is.EqualTo(2));
    }

    [TestCase(0)]
    [TestCase(long.MaxValue)]
    [TestCase(long.MinValue)]
    public void Every_timestamp_has_room(long t)
    {
        var headers = Sign(Completed, t, KnownSecrets.First, KnownSecrets.Second);

        Assert.That(headers.Framelane, Does.StartWith($"t={t},v1={KnownSecrets.V1(KnownSecrets.First, $"{t}", Encoding.UTF8.GetBytes(Completed))},v1="));
        Assert.That(headers.Standard, Does.StartWith(KnownSecrets.Standard(KnownSecrets.First, EventId, $"{t}", Encoding.UTF8.GetBytes(Completed)) + " v1,"));
    }

    [TestCase(KnownSecrets.First, true)]
    [TestCase(KnownSecrets.Second, true)]
    [TestCase("whsec_QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=", false)]
    public void A_receiver_with_stripes_own_verifier_accepts_either_secret_and_no_other(string secret, bool accepted)
    {
        var header = Sign(Completed, T, KnownSecrets.Second, KnownSecrets.First).Framelane;

        Assert.That(() => Verify(Completed, header, secret), accepted ? Throws.Nothing : Throws.TypeOf<StripeException>());
        Assert.That(() => Verify(Completed + " ", header, secret), Throws.TypeOf<StripeException>());
        Assert.That(() => EventUtility.ValidateSignature(Completed, header, secret, 300, T + 301), Throws.TypeOf<StripeException>());
    }

    static void Verify(string body, string header, string secret) => EventUtility.ValidateSignature(body, header, secret, 300, T + 299);

    static Signer SignerOf(string current, string? previous = null) =>
        new(new(KnownSecrets.Parse(current)), previous is null ? null : new(KnownSecrets.Parse(previous)));

    static SignatureHeaders Sign(string body, long t, string current, string? previous = null) =>
        SignerOf(current, previous).Sign(EventId, t, Encoding.UTF8.GetBytes(body));
}

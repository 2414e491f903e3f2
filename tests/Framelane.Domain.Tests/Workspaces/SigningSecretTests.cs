using System.Security.Cryptography;
using System.Text;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Workspaces;

public sealed class SigningSecretTests
{
    const string Known = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Test]
    public void Generate_HasThePublishedForm()
    {
        var text = SigningSecret.Generate().Reveal();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Match("^whsec_[A-Za-z0-9+/]{43}=$"));
            Assert.That(Convert.FromBase64String(text["whsec_".Length..]), Has.Length.EqualTo(32));
        }
    }

    [Test]
    public void Generate_NeverGivesOneTwice() =>
        Assert.That(Enumerable.Range(0, 1000).Select(_ => SigningSecret.Generate().Reveal()), Is.Unique);

    [Test]
    public void Generate_FillsEveryByteOfTheKey()
    {
        var keys = Enumerable.Range(0, 200).Select(_ => SigningSecret.Generate().RawKey()).ToArray();

        Assert.That(Enumerable.Range(0, 32).Select(i => keys.Select(key => key[i]).Distinct().Count()), Is.All.GreaterThan(50));
    }

    [Test]
    public void FromRevealed_GivesBackTheSameSecret() => Assert.That(SigningSecret.FromRevealed(Known).Reveal(), Is.EqualTo(Known));

    [Test]
    public void TextKey_IsTheWholeTextWithItsPrefix() =>
        Assert.That(SigningSecret.FromRevealed(Known).TextKey(), Is.EqualTo(Encoding.UTF8.GetBytes(Known)));

    [Test]
    public void RawKey_IsWhatTheBase64StandsFor() =>
        Assert.That(SigningSecret.FromRevealed(Known).RawKey(), Is.EqualTo(Enumerable.Range(0, 32).Select(i => (byte)i)));

    // The contract's known answers, computed apart from this code.
    [TestCase(Known, 1716278400, """{"type":"render.completed"}""", "7c0a58f4d5d1c8f9a57edbd385298f097b72cd731e9f907e7d6d10ee107d9ed7")]
    [TestCase("whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=", 1716278400, """{"type":"render.completed"}""", "0f0a2da60194042ddf45f3089fecec665193b37f6cca2868d4c99691a293abb5")]
    [TestCase(Known, 1716278401, """{"name":"Zoë — 東京 🎬"}""", "1362160c7c2cb059a81ea754747e30363cba1a908e16dae0914135635fc30dd6")]
    public void TextKey_SignsTheKnownAnswers(string secret, long t, string body, string v1) => Assert.That(
        Convert.ToHexStringLower(HMACSHA256.HashData(SigningSecret.FromRevealed(secret).TextKey(), Encoding.UTF8.GetBytes($"{t}.{body}"))),
        Is.EqualTo(v1));

    [Test]
    public void RawKey_SignsTheStandardWebhooksKnownAnswer()
    {
        var message = """evt_01J8QR2K5VKDGN2T4FBM3CZYX7.1716278400.{"type":"render.completed"}"""u8;

        Assert.That(
            Convert.ToBase64String(HMACSHA256.HashData(SigningSecret.FromRevealed(Known).RawKey(), message)),
            Is.EqualTo("+0g+wqogD0KxECnwYon5iJSMU7Ko5oUqrCvyhNR4s0Q="));
    }

    [TestCase("", TestName = "FromRevealed_Empty_IsRefused")]
    [TestCase("whsec_", TestName = "FromRevealed_WithoutAKey_IsRefused")]
    [TestCase("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", TestName = "FromRevealed_WithoutThePrefix_IsRefused")]
    [TestCase("WHSEC_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", TestName = "FromRevealed_WithThePrefixInUpperCase_IsRefused")]
    [TestCase("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", TestName = "FromRevealed_OneByteShort_IsRefused")]
    [TestCase("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", TestName = "FromRevealed_OneByteLong_IsRefused")]
    [TestCase("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygp", TestName = "FromRevealed_MuchTooLong_IsRefused")]
    [TestCase("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", TestName = "FromRevealed_Unpadded_IsRefused")]
    [TestCase("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8!", TestName = "FromRevealed_NotBase64_IsRefused")]
    [TestCase("whsec_--ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", TestName = "FromRevealed_InTheUrlAlphabet_IsRefused")]
    [TestCase("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", TestName = "FromRevealed_WithANewlineBehind_IsRefused")]
    [TestCase("whsec_ AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", TestName = "FromRevealed_WithASpaceInside_IsRefused")]
    [TestCase("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=", TestName = "FromRevealed_WithStrayBitsInTheLastDigit_IsRefused")]
    public void FromRevealed_OfAnythingElse_IsRefused(string text) =>
        Assert.That(() => SigningSecret.FromRevealed(text), Throws.TypeOf<FormatException>());
}

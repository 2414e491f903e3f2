using System.Security.Cryptography;
using System.Text;
using Framelane.Domain.ApiKeys;

namespace Framelane.Domain.Tests.ApiKeys;

public sealed class ApiKeySecretTests
{
    const string Tail = "abcdefghijklmnopqrstuvwxyz234567";

    [Test]
    public void Generate_HasThePrefixAndTwoHundredAndFiftySixBits()
    {
        var text = ApiKeySecret.Generate().Reveal();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Match("^fl_live_[a-z2-7]{52}$"), "52 digits of 5 bits");
            Assert.That(ApiKeySecret.TryParse(text)?.Reveal(), Is.EqualTo(text));
        }
    }

    [Test]
    public void Generate_NeverGivesOneTwice() =>
        Assert.That(Enumerable.Range(0, 1000).Select(_ => ApiKeySecret.Generate().Reveal()), Is.Unique);

    static readonly TestCaseData<string?>[] Parsed =
    [
        Takes("fl_live_" + Tail, "the shortest"),
        Takes("fl_live_" + new string('a', 192), "the longest"),
        Takes("fl_live_" + Tail[..^4] + "AZ09", "upper case and digits"),
        Takes("fl_live_" + Tail[..^4] + "_-_-", "the base64url marks"),
    ];

    static readonly TestCaseData<string?>[] Refused =
    [
        Takes(null, "nothing"),
        Takes("", "empty"),
        Takes("fl_live_", "the prefix alone"),
        Takes("fl_live_" + Tail[..^1], "one short"),
        Takes("fl_live_" + new string('a', 193), "one long"),
        Takes("fl_test_" + Tail, "another prefix"),
        Takes("FL_LIVE_" + Tail, "the prefix in upper case"),
        Takes(" fl_live_" + Tail, "a space before"),
        Takes("fl_live_" + Tail + " ", "a space behind"),
        Takes("fl_live_" + Tail + "\n", "a newline behind"),
        Takes("fl_live_" + Tail + "=", "padding"),
        Takes("fl_live_" + Tail + "é", "a letter beyond ASCII"),
        Takes("fl_live_" + Tail + "\0", "a zero"),
        Takes("Bearer fl_live_" + Tail, "the scheme too"),
    ];

    [TestCaseSource(nameof(Parsed))]
    public void TryParse_OfWhatCanBeAKey_KeepsTheText(string? text) => Assert.That(ApiKeySecret.TryParse(text)?.Reveal(), Is.EqualTo(text));

    [TestCaseSource(nameof(Refused))]
    public void TryParse_OfWhatCannotBeAKey_IsNull(string? text) => Assert.That(ApiKeySecret.TryParse(text), Is.Null);

    [Test]
    public void Shown_IsTheStart_AndLeavesMostOfTheKeyUnknown()
    {
        var secret = ApiKeySecret.Generate();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(secret.Shown, Is.EqualTo(secret.Reveal()[..16]));
            Assert.That((secret.Reveal().Length - secret.Shown.Length) * 5, Is.GreaterThanOrEqualTo(200), "bits that stay secret");
        }
    }

    [Test]
    public void Hash_IsTheSha256OfTheWholeText()
    {
        var secret = ApiKeySecret.TryParse("fl_live_" + Tail)!;

        Assert.That(secret.Hash(), Is.EqualTo(SHA256.HashData(Encoding.UTF8.GetBytes("fl_live_" + Tail))));
    }

    static TestCaseData<string?> Takes(string? text, string what) => new(text) { TestName = $"TryParse({what})" };
}

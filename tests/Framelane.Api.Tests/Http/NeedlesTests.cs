using System.Text;

namespace Framelane.Api.Tests.Http;

public sealed class NeedlesTests
{
    const string Secret = "whsec_AAECAwQFBgcICQoLDA0O+/AREhMUFRYXGBkaGxwdHh8=";

    static IEnumerable<string> Clothes
    {
        get
        {
            var bytes = Convert.FromBase64String(Secret["whsec_".Length..]);
            yield return $"the secret is {Secret}.";
            yield return Secret["whsec_".Length..];
            yield return Secret.Replace("+", "\\u002B", StringComparison.Ordinal);
            yield return Uri.EscapeDataString(Secret);
            yield return Convert.ToHexString(bytes);
            yield return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret));
            for (var before = 0; before < 3; before++)
            {
                yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + Secret + "x"));
                yield return Convert.ToBase64String([.. new byte[before], .. bytes, 7]);
            }
        }
    }

    [TestCaseSource(nameof(Clothes))]
    public void A_secret_is_found_in_any_clothes(string hay) => Assert.That(Needles.Of(Secret).AreIn(hay), Is.True);

    [Test]
    public void What_is_shown_on_purpose_is_no_secret()
    {
        const string Key = "fl_live_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst";

        Assert.That(Needles.Of(Key).AreIn(Key[..16]), Is.False);
        Assert.That(Needles.Of(Secret).AreIn("whsec_"), Is.False);
    }
}

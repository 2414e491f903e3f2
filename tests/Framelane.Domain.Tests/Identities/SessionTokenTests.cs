using Framelane.Domain.ApiKeys;
using Framelane.Domain.Identities;

namespace Framelane.Domain.Tests.Identities;

public sealed class SessionTokenTests
{
    [Test]
    public void TryParse_OfThreePartsInBase64Url_KeepsTheText() => Assert.That(SessionToken.TryParse("eyJ-_0.eyJ9.AQ")!.Reveal(), Is.EqualTo("eyJ-_0.eyJ9.AQ"));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("e30")]
    [TestCase("e30.e30")]
    [TestCase("e30.e30.")]
    [TestCase(".e30.AQ")]
    [TestCase("e30..AQ")]
    [TestCase("e30.e30.AQ=")]
    [TestCase("e30.e3+.AQ")]
    [TestCase("e30.e30.AQ\n")]
    [TestCase("e30.e30.e30.e30.AQ", Description = "Encrypted.")]
    public void TryParse_OfAnythingElse_IsNone(string? text) => Assert.That(SessionToken.TryParse(text), Is.Null);

    [TestCase(SessionToken.MaxLength, ExpectedResult = true)]
    [TestCase(SessionToken.MaxLength + 1, ExpectedResult = false)]
    public bool TryParse_KnowsTheLimit(int length) => SessionToken.TryParse("e30.e30." + new string('A', length - 8)) is not null;

    [Test]
    public void NoText_IsBothAKeyAndAToken()
    {
        var key = ApiKeySecret.Generate().Reveal();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SessionToken.TryParse(key), Is.Null);
            Assert.That(SessionToken.TryParse($"{key}.e30.AQ"), Is.Null);
            Assert.That(ApiKeySecret.TryParse($"{key}.e30.AQ"), Is.Null);
            Assert.That(ApiKeySecret.TryParse("eyJhbGciOiJSUzI1NiJ9.e30." + new string('A', 40)), Is.Null);
        }
    }
}

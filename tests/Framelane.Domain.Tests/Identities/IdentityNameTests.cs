using Framelane.Domain.Identities;

namespace Framelane.Domain.Tests.Identities;

public sealed class IdentityNameTests
{
    const string Issuer = "https://id.example.com/";

    [TestCase("user_1")]
    [TestCase("auth0|5f7c8ec7c33c6c004bbafe82")]
    [TestCase("248289761001")]
    public void TryMake_TakesBothToTheLetter(string subject)
    {
        var name = IdentityName.TryMake(Issuer, subject)!;

        Assert.That((name.Issuer, name.Subject), Is.EqualTo((Issuer, subject)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" user_1")]
    [TestCase("user_1 ")]
    [TestCase("user_1\n")]
    [TestCase("user\0")]
    [TestCase("usér")]
    public void TryMake_WithASubjectThatDatabasesMayNotTellApart_IsNone(string? subject) => Assert.That(IdentityName.TryMake(Issuer, subject), Is.Null);

    [TestCase(255, ExpectedResult = true)]
    [TestCase(256, ExpectedResult = false)]
    public bool TryMake_OfASubject_GoesAsFarAsTheStandard(int length) => IdentityName.TryMake(Issuer, new('s', length)) is not null;

    [Test]
    public void Names_OfOneSubjectAtTwoIssuers_AreTwo() =>
        Assert.That(IdentityName.TryMake(Issuer, "user_1"), Is.Not.EqualTo(IdentityName.TryMake("https://id.example.com", "user_1")));
}

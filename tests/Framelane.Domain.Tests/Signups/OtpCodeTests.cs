using Framelane.Domain.Signups;

namespace Framelane.Domain.Tests.Signups;

public sealed class OtpCodeTests
{
    [Test]
    public void A_code_is_six_digits_and_all_of_them_come_up()
    {
        var codes = Enumerable.Range(0, 2_000).Select(_ => OtpCode.Generate().Reveal()).ToArray();

        Assert.That(codes, Has.All.Match("^[0-9]{6}$"));
        for (var place = 0; place < OtpCode.Length; place++)
            Assert.That(codes.Select(code => code[place]).Distinct().Order(), Is.EqualTo("0123456789"), $"place {place}");
        Assert.That(codes.Distinct().Count(), Is.GreaterThan(1_900));
    }

    [Test]
    public void It_prints_as_stars()
    {
        var code = OtpCode.Generate();

        Assert.That($"{code}", Is.EqualTo("***"));
        Assert.That(OtpCode.TryParse(code.Reveal())!.Reveal(), Is.EqualTo(code.Reveal()));
    }

    [TestCase("12345")]
    [TestCase("1234567")]
    [TestCase("12345\n")]
    [TestCase("１２３４５６")]
    [TestCase("٠١٢٣٤٥")]
    [TestCase("12 456")]
    [TestCase("")]
    [TestCase(null)]
    public void Nothing_else_is_one(string? text) => Assert.That(OtpCode.TryParse(text), Is.Null);
}

public sealed class EmailAddressTests
{
    [Test]
    public void It_is_kept_as_given_and_compared_without_case()
    {
        var given = EmailAddress.FromChecked("Zoe@Example.com");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(given.Text, Is.EqualTo("Zoe@Example.com"));
            Assert.That(given.Key, Is.EqualTo("zoe@example.com"));
            Assert.That(given, Is.EqualTo(EmailAddress.FromChecked("zOE@example.COM")));
            Assert.That(given.GetHashCode(), Is.EqualTo(EmailAddress.FromChecked("zOE@example.COM").GetHashCode()));
            Assert.That(given, Is.Not.EqualTo(EmailAddress.FromChecked("zoe@example.org")));
        }
    }
}

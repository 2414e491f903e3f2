using Framelane.Infrastructure.Mail;

namespace Framelane.Infrastructure.Tests.Mail;

public sealed class EmailAddressesTests
{
    static readonly EmailAddresses Addresses = new();

    [TestCase("zoe@example.com")]
    [TestCase("Zoe@example.com")]
    [TestCase("zoe+framelane@example.co.uk")]
    [TestCase("o'brien@example.com")]
    [TestCase("a.b-c_d%e!f#g$h&i*j/k=l?m^n`o{p|q}r~s@example.com")]
    [TestCase("\"zoe..x\"@example.com")]
    [TestCase("z@sub.example-1.com")]
    [TestCase("1234567890123456789012345678901234567890123456789012345678901234@example.com")]
    public void An_address_is_taken_as_it_is(string text) => Assert.That(Addresses.TryParse(text)?.Text, Is.EqualTo(text));

    [TestCase("zoe@EXAMPLE.com", "zoe@example.com")]
    [TestCase("zoe@bücher.example", "zoe@xn--bcher-kva.example")]
    [TestCase("zoe@xn--bcher-kva.example", "zoe@xn--bcher-kva.example")]
    public void Its_domain_becomes_ASCII_in_lower_case(string text, string expected) => Assert.That(Addresses.TryParse(text)?.Text, Is.EqualTo(expected));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("zoe")]
    [TestCase("@example.com")]
    [TestCase("zoe@")]
    [TestCase("zoe@example")]
    [TestCase("zoe@example.com.")]
    [TestCase("zoe@.example.com")]
    [TestCase("zoe@example..com")]
    [TestCase("zoe@-example.com")]
    [TestCase("zoe@exa_mple.com")]
    [TestCase("zoe@[127.0.0.1]")]
    [TestCase("zoe@127.0.0.1")]
    [TestCase("zoe@[IPv6:::1]")]
    [TestCase(".zoe@example.com")]
    [TestCase("zoe.@example.com")]
    [TestCase("zoe..x@example.com")]
    [TestCase("zoe x@example.com")]
    [TestCase("zoe@exam ple.com")]
    [TestCase(" zoe@example.com")]
    [TestCase("zoe@example.com ")]
    [TestCase("zoe@@example.com")]
    [TestCase("zoe@x@example.com")]
    [TestCase("Zoe <zoe@example.com>")]
    [TestCase("<zoe@example.com>")]
    [TestCase("zoe@example.com (Zoe)")]
    [TestCase("(Zoe)zoe@example.com")]
    [TestCase("zoe@example.com, eve@example.com")]
    [TestCase("zoe@example.com;eve@example.com")]
    [TestCase("zoe@example.com,eve@example.com")]
    [TestCase("group:zoe@example.com;")]
    [TestCase("@relay.example:zoe@example.com")]
    [TestCase("zoe%relay@example.com\r\nBcc: eve@example.com")]
    [TestCase("zoe@example.com\nBcc: eve@example.com")]
    [TestCase("zoe\r\nBcc:eve@example.com")]
    [TestCase("\"zoe\r\nBcc: eve@example.com\"@example.com")]
    [TestCase("\"a b\"@example.com")]
    [TestCase("zoe\0@example.com")]
    [TestCase("zoe@example.com\0")]
    [TestCase("zoë@example.com")]
    [TestCase("mailto:zoe@example.com?bcc=eve@example.com")]
    [TestCase("12345678901234567890123456789012345678901234567890123456789012345@example.com")]
    public void Whatever_else_is_not(string? text) => Assert.That(Addresses.TryParse(text), Is.Null);

    [Test]
    public void It_has_at_most_254_characters()
    {
        // Labels of a domain have 63 at most.
        static string OfLength(int length) => "z@" + string.Join('.', Enumerable.Repeat(new string('a', 62), 3)) + "." + new string('b', length - 195) + ".com";

        Assert.That(OfLength(254), Has.Length.EqualTo(254));
        Assert.That(Addresses.TryParse(OfLength(254)), Is.Not.Null);
        Assert.That(Addresses.TryParse(OfLength(255)), Is.Null);
    }
}

using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Bodies;
using Framelane.Api.Conventions.Headers;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Api.Conventions.Queries;
using Microsoft.Extensions.Primitives;

namespace Framelane.Api.Tests.Unit;

public sealed class HeaderTests
{
    const string Key = "fl_live_abcdefghijklmnopqrstuvwxyz234567";

    [TestCase("Bearer " + Key)]
    [TestCase("bearer " + Key)]
    [TestCase("Bearer   " + Key)]
    public void A_bearer_key_is_read(string header) => Assert.That(BearerCredential.Read(header)!.Key!.Reveal(), Is.EqualTo(Key));

    [Test]
    public void A_key_is_no_token_and_a_token_is_no_key()
    {
        var (key, token) = (BearerCredential.Read("Bearer " + Key)!, BearerCredential.Read("Bearer e30.e30.AQ")!);

        Assert.That((key.Session, token.Key), Is.EqualTo(((object?)null, (object?)null)));
        Assert.That(token.Session!.Reveal(), Is.EqualTo("e30.e30.AQ"));
        Assert.That(BearerCredential.Read($"Bearer {Key}.e30.AQ"), Is.Null);
        Assert.That($"{key} {token}", Is.EqualTo("*** ***"));
    }

    [TestCase("")]
    [TestCase(Key)]
    [TestCase("Basic " + Key)]
    [TestCase("Bearer")]
    [TestCase("Bearer fl_live_short")]
    [TestCase("Bearer " + Key + " x")]
    [TestCase("Bearer " + Key + "é")]
    public void What_cannot_be_a_key_is_none(string header) => Assert.That(BearerCredential.Read(header), Is.Null);

    [Test]
    public void Two_headers_are_none() => Assert.That(BearerCredential.Read(new StringValues(["Bearer " + Key, "Bearer " + Key])), Is.Null);

    [TestCase("a")]
    [TestCase("order 17 / retry#2")]
    public void A_printable_idempotency_key_is_read(string key) => Assert.That(IdempotencyKey.Read(key), Is.EqualTo(key));

    [TestCase("")]
    [TestCase("tab\there")]
    [TestCase("é")]
    [TestCase("\u007f")]
    public void Other_idempotency_keys_are_refused(string key) => Assert.That(IdempotencyKey.Read(key), Is.Null);

    [Test]
    public void An_idempotency_key_has_at_most_255_characters() => Assert.Multiple(() =>
    {
        Assert.That(IdempotencyKey.Read(new string('k', 255)), Is.Not.Null);
        Assert.That(IdempotencyKey.Read(new string('k', 256)), Is.Null);
        Assert.That(IdempotencyKey.Read(new StringValues(["a", "b"])), Is.Null);
    });

    [Test]
    public void The_fingerprint_tells_path_query_and_body_apart()
    {
        byte[][] all =
        [
            RequestFingerprint.Of("/a", "", "x"u8), RequestFingerprint.Of("/a", "?x", ""u8), RequestFingerprint.Of("/a?x", "", ""u8),
            RequestFingerprint.Of("/b", "", "x"u8), RequestFingerprint.Of("/a", "", "y"u8), RequestFingerprint.Of("/a", "", "\nx"u8),
        ];

        Assert.Multiple(() =>
        {
            Assert.That(all.Select(Convert.ToHexString), Is.Unique);
            Assert.That(RequestFingerprint.Of("/a", "", "x"u8), Is.EqualTo(all[0]));
        });
    }

    [TestCase("application/json", true)]
    [TestCase("application/JSON; charset=UTF-8", true)]
    [TestCase("application/json; charset=\"utf-8\"", true)]
    [TestCase("application/merge-patch+json", true)]
    [TestCase("application/json; charset=utf-16", false)]
    [TestCase("text/json", false)]
    [TestCase("application/x-www-form-urlencoded", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void Only_JSON_in_UTF_8_is_read(string? contentType, bool accepted) =>
        Assert.That(JsonBodyFormatter.IsJson(contentType), Is.EqualTo(accepted));

    [TestCase("1", 1, null)]
    [TestCase("100", 100, null)]
    [TestCase("0", null, "out_of_range")]
    [TestCase("101", null, "out_of_range")]
    [TestCase("99999999999", null, "out_of_range")]
    [TestCase("-1", null, "out_of_range")]
    [TestCase("", null, "int_type")]
    [TestCase("-", null, "int_type")]
    [TestCase("1.0", null, "int_type")]
    [TestCase("ten", null, "int_type")]
    public void A_limit_is_read_within_its_range(string text, int? value, string? fault)
    {
        var read = QueryValue.IntegerBetween(new(1, 100))(text);

        Assert.Multiple(() =>
        {
            Assert.That(read.Value, Is.EqualTo(value));
            Assert.That(read.Fault?.Type, Is.EqualTo(fault));
        });
    }

    [TestCase("dark_red", Colour.DarkRed)]
    [TestCase("DarkRed", null)]
    [TestCase("0", null)]
    [TestCase("", null)]
    public void An_enumeration_is_read_by_its_wire_names(string text, Colour? value) =>
        Assert.That(QueryValue.NameOf(typeof(Colour))(text).Value, Is.EqualTo(value));

    [TestCase("10.0.0.0/8", true)]
    [TestCase("2001:db8::/32", true)]
    [TestCase("10.0.0.0", false)]
    [TestCase("everyone", false)]
    public void A_proxy_that_is_no_range_is_told_by_its_key(string range, bool valid)
    {
        var result = new ProxyOptionsValidator().Validate(null, new() { Known = ["127.0.0.0/8", range] });

        Assert.Multiple(() =>
        {
            Assert.That(result.Succeeded, Is.EqualTo(valid));
            Assert.That(result.FailureMessage, valid ? Is.Null : Does.Contain("Framelane:Proxies:Known:1"));
        });
    }
}

using System.Net.Http.Headers;
using System.Text;

namespace Framelane.Api.Tests.Http.BadInput;

/// <summary>Bodies that are no JSON, or do not say so.</summary>
public sealed class NotJsonTests : RefusalTests
{
    static readonly string[] Routes =
        ["POST /v1/webhooks", "PATCH /v1/webhooks/{webhook_id}", "POST /v1/webhooks/{webhook_id}/rotate-secret", "POST /v1/webhooks/{webhook_id}/recover", "POST /v1/api-keys", "POST /v1/billing/checkout", "PATCH /v1/workspace"];

    static IEnumerable<byte[]> Bodies =>
    [
        .. new[]
        {
            "{", "}", " ", "{\"url\": }", "{'url': 'x'}", "{url: 1}", "{\"a\": 1}}", "{} x", "{}{}", "{\"a\": 1,}", "{\"a\": NaN}", "{\"a\": Infinity}",
            "{\"a\": -Infinity}", "{\"a\": 01}", "{\"a\": +1}", "{\"a\": .5}", "{\"a\": 0x10}", "{\"a\": \"\\x\"}", "{\"a\": \"\\u12\"}", "{\"a\": \"\t\"}", "{\"a\": tru}",
            "// x\n{}", "{/* x */}", "url=https://1.1.1.1/", "<a/>", "\0",
            $"{{\"a\": {new string('[', 64)}{new string(']', 64)}}}", new string('[', 100_000),
        }.Select(Encoding.UTF8.GetBytes),
        [0xEF, 0xBB, 0xBF, .. "{}"u8],
        [.. "{\"a\": \""u8, 0xFF, .. "\"}"u8],
        [.. "{\"a\": \""u8, 0xC0, 0x80, .. "\"}"u8],
        [.. "{\"a\": \""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        Encoding.Unicode.GetBytes("{}"),
    ];

    [TestCaseSource(nameof(Routes))]
    public async Task What_is_no_JSON_is_an_invalid_request(string route)
    {
        foreach (var body in Bodies)
        {
            var answer = await SendAsync(route, Caller.Json(body));

            Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "invalid_request")), Encoding.Latin1.GetString(body)[..Math.Min(body.Length, 40)]);
            Assert.That(answer.Json["error"]!["details"]!.AsObject(), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Routes))]
    public async Task What_does_not_say_that_it_is_JSON_is_of_an_unsupported_type(string route)
    {
        string?[] types =
        [
            null, "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml",
            "application/json; charset=utf-16", "application/json; charset=latin1", "application/octet-stream",
        ];
        foreach (var type in types)
        {
            var content = new ByteArrayContent([.. "{}"u8]);
            content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

            var answer = await SendAsync(route, content);

            Assert.That((answer.Status, answer.Code), Is.EqualTo((415, "unsupported_media_type")), type);
        }
    }

    Task<Answer> SendAsync(string route, HttpContent content) =>
        Tenant.Raw.SendContentAsync(route.Split(' ')[0], PathOf(route.Split(' ')[1]), content);
}

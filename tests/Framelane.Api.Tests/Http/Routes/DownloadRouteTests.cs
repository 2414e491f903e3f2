using System.Globalization;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http.Routes;

public sealed class DownloadRouteTests : SharedHostTests
{
    static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    string key = null!;

    [SetUp]
    public async Task PutAsync()
    {
        key = $"{Tenant.Id.Value}/render_{Guid.NewGuid():N}.mp4";
        var source = Path.Combine(Host.Data.Path, $"source-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(source, Content);
        await Storage.PutAsync(key, source, "video/mp4", CancellationToken.None);
        File.Delete(source);
    }

    [Test]
    public async Task A_signed_url_gives_the_file_to_anyone_who_has_it()
    {
        var answer = await GetAsync(Sign());
        Assert.That((answer.Status, answer.Bytes), Is.EqualTo((200, Content)));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("Content-Type"), Is.EqualTo("video/mp4"));
            Assert.That(answer.Header("Content-Length"), Is.EqualTo("1000"));
            Assert.That(answer.Header("Accept-Ranges"), Is.EqualTo("bytes"));
            Assert.That(answer.Header("ETag"), Does.Match("^\"[0-9a-f-]+\"$"));
            Assert.That(answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(answer.Header("Content-Disposition"), Is.Null, "without a name it is shown in place");
            Assert.That(answer.Header("Cache-Control"), Does.Match("^max-age=(8[0-9]{2}|900), private$|^private, max-age=(8[0-9]{2}|900)$"));
        });
    }

    [Test]
    public async Task Head_tells_the_same_without_the_bytes()
    {
        var answer = await SendAsync("HEAD", Sign("a.mp4"));
        Assert.That((answer.Status, answer.Bytes.Length, answer.Header("Content-Length")), Is.EqualTo((200, 0, "1000")));
        Assert.That(answer.Header("Content-Disposition"), Does.Contain("a.mp4"));
    }

    [TestCase("bytes=0-9", 0, 9)]
    [TestCase("bytes=990-", 990, 999)]
    [TestCase("bytes=-10", 990, 999)]
    [TestCase("bytes=990-5000", 990, 999)]
    [TestCase("bytes=-5000", 0, 999)]
    public async Task A_range_gives_that_part(string range, int from, int to)
    {
        var answer = await GetAsync(Sign(), ("Range", range));
        Assert.That((answer.Status, answer.Header("Content-Range")), Is.EqualTo((206, $"bytes {from}-{to}/1000")));
        Assert.That(answer.Bytes, Is.EqualTo(Content[from..(to + 1)]));
    }

    [TestCase("bytes=1000-")]
    [TestCase("bytes=-0")]
    public async Task A_range_outside_of_the_file_is_a_416_that_says_how_long_it_is(string range)
    {
        var answer = await GetAsync(Sign(), ("Range", range));
        Assert.That((answer.Status, answer.Header("Content-Range")), Is.EqualTo((416, "bytes */1000")));
        Assert.That(answer.Bytes, Is.Empty);
    }

    [TestCase("bytes=5-1")]
    [TestCase("lines=1-2")]
    [TestCase("bytes=0-1,5-6")]
    public async Task A_range_that_is_none_or_several_gives_the_whole_file(string range)
    {
        var answer = await GetAsync(Sign(), ("Range", range));
        Assert.That((answer.Status, answer.Bytes), Is.EqualTo((200, Content)));
        Assert.That(answer.Header("Content-Range"), Is.Null);
    }

    [Test]
    public async Task What_has_not_changed_is_a_304_and_if_range_gives_the_whole_of_what_has()
    {
        var url = Sign();
        var tag = (await GetAsync(url)).Header("ETag")!;
        var unchanged = await GetAsync(url, ("If-None-Match", tag));
        Assert.That((unchanged.Status, unchanged.Bytes.Length), Is.EqualTo((304, 0)));
        Assert.That((await GetAsync(url, ("If-None-Match", "\"other\""))).Status, Is.EqualTo(200));
        Assert.That((await GetAsync(url, ("Range", "bytes=0-0"), ("If-Range", tag))).Status, Is.EqualTo(206));
        Assert.That((await GetAsync(url, ("Range", "bytes=0-0"), ("If-Range", "\"other\""))).Bytes, Is.EqualTo(Content));
    }

    [TestCase("clip.mp4", "attachment; filename=clip.mp4; filename*=UTF-8''clip.mp4")]
    [TestCase("my \"clip\".mp4", "attachment; filename=\"my \\\"clip\\\".mp4\"; filename*=UTF-8''my%20%22clip%22.mp4")]
    [TestCase("Über 片.mp4", "attachment; filename=\"_ber _.mp4\"; filename*=UTF-8''%C3%9Cber%20%E7%89%87.mp4")]
    public async Task A_name_is_given_as_RFC_6266_and_5987_say(string filename, string disposition)
    {
        Assert.That((await GetAsync(Sign(filename))).Header("Content-Disposition"), Is.EqualTo(disposition));
    }

    [Test]
    public async Task A_name_cannot_write_a_header_of_its_own()
    {
        var answer = await GetAsync(Sign("a\r\nSet-Cookie: b=c\r\n.mp4"));
        Assert.That((answer.Status, answer.Header("Set-Cookie")), Is.EqualTo((200, (string?)null)));
    }

    [TestCase("expires=", "expires=9")]
    [TestCase("expires=", "expires=x")]
    [TestCase("expires=", "expires=1&expires=")]
    [TestCase("expires=", "none=")]
    [TestCase("signature=", "signature=A")]
    [TestCase("signature=", "none=")]
    [TestCase("filename=", "filename=b")]
    [TestCase("filename=", "none=")]
    [TestCase("downloads/", "downloads/a")]
    [TestCase("downloads/", "downloads/..%2f")]
    public async Task A_url_that_was_changed_is_not_found(string what, string by)
    {
        var url = Sign("a.mp4");
        var changed = new Uri(url.AbsoluteUri.Replace(what, by, StringComparison.Ordinal));
        AssertNotFound(await GetAsync(changed));
        AssertNotFound(await GetAsync(changed, ("Range", "bytes=0-9")));
    }

    [TestCase("downloads?expires=1&signature=x")]
    [TestCase("downloads/?expires=99999999999&signature=x")]
    [TestCase("downloads/%20?expires=99999999999&signature=x")]
    [TestCase("downloads")]
    public async Task A_url_of_no_file_is_not_found(string path)
    {
        AssertNotFound(await GetAsync(new Uri(Host.Url, path)));
        Assert.That((await SendAsync("HEAD", new Uri(Host.Url, path))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task What_has_expired_or_is_deleted_is_answered_as_what_was_never_there()
    {
        var expired = Storage.SignUrl(key, TimeSpan.FromSeconds(-1), null);
        AssertNotFound(await GetAsync(expired));
        AssertNotFound(await GetAsync(Storage.SignUrl("ws_none/none.mp4", TimeSpan.FromMinutes(1), null)));
        AssertNotFound(await GetAsync(new Uri(Host.Url, "downloads/" + key)));

        var url = Sign();
        await Storage.DeleteAsync(key, CancellationToken.None);
        AssertNotFound(await GetAsync(url));
    }

    [Test]
    public async Task Signed_urls_need_no_key_and_count_against_no_limit_and_a_wrong_key_does_not_stop_them()
    {
        var before = await GetAsync(Sign());
        var after = await GetAsync(Sign(), ("Authorization", "Bearer fl_live_wrong"));
        Assert.That(after.Status, Is.EqualTo(200));
        Assert.That(Left(after), Is.EqualTo(Left(before)));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public async Task Signed_urls_are_for_reading(string method) => Assert.That((await SendAsync(method, Sign())).Status, Is.EqualTo(405));

    [Test]
    public async Task The_document_does_not_show_them() =>
        Assert.That((await Host.Nobody.GetAsync("/openapi.json")).Body, Does.Not.Contain("downloads"));

    static IObjectStorage Storage => Host.Services.GetRequiredService<IObjectStorage>();

    Uri Sign(string? filename = null) => Storage.SignUrl(key, TimeSpan.FromMinutes(15), filename);

    static Task<Answer> GetAsync(Uri url, params (string, string)[] headers) => SendAsync("GET", url, headers);

    static Task<Answer> SendAsync(string method, Uri url, params (string, string)[] headers) =>
        Host.Nobody.SendAsync(method, url.PathAndQuery, null, headers);

    static int Left(Answer answer) => int.Parse(answer.Header("RateLimit-Remaining")!, CultureInfo.InvariantCulture);

    static void AssertNotFound(Answer answer)
    {
        Assert.That((answer.Status, answer.Code), Is.EqualTo((404, "not_found")));
        Assert.That(answer.Message, Is.EqualTo("File not found."));
        Assert.That(answer.Header("ETag"), Is.Null);
    }
}

using System.Globalization;
using System.Security.Cryptography;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Uploads over real HTTP into a folder.</summary>
public sealed class UploadRouteTests : SharedHostTests
{
    static readonly byte[] Content = RandomNumberGenerator.GetBytes(300_000);

    static readonly string Whole = Uploading.DigestOf(Content);

    [Test]
    public async Task An_upload_is_given_an_address_to_send_to_a_name_and_an_hour()
    {
        var answer = await Tenant.Raw.PostAsync("/v1/uploads", """{"content_type": "Video/QuickTime; x=y", "filename": "Über.mov"}""");
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        Assert.Multiple(() =>
        {
            Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(new[] { "upload_url", "source_url", "expires_at" }));
            Assert.That((string?)answer.Json["upload_url"], Does.Match($"^{Host.Url}uploads/upl_[0-9A-Z]{{26}}\\?expires=[0-9]+&signature=[A-Za-z0-9_-]{{43}}$"));
            Assert.That((string?)answer.Json["source_url"], Does.Match($"^{Host.Url}files/{Tenant.Id}/ast_[0-9A-Z]{{26}}\\.mov$"));
            Assert.That((DateTimeOffset)answer.Json["expires_at"]!, Is.EqualTo(DateTimeOffset.UtcNow.AddHours(1)).Within(TimeSpan.FromMinutes(1)));
            Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-store"));
        });
    }

    [TestCase("video/mp4", "mp4")]
    [TestCase("video/x-matroska", "mkv")]
    [TestCase("audio/x-wav", "wav")]
    [TestCase("image/jpeg", "jpg")]
    [TestCase("font/woff2", "woff2")]
    public async Task Each_input_format_has_its_extension(string contentType, string extension) =>
        Assert.That((await BeginAsync(contentType)).SourceUrl, Does.EndWith("." + extension));

    [TestCase("video/mp2t")]
    [TestCase("image/svg+xml")]
    [TestCase("text/html")]
    [TestCase("")]
    [TestCase("video")]
    public async Task Any_other_format_is_refused(string contentType)
    {
        var answer = await Tenant.Raw.PostAsync("/v1/uploads", $$"""{"content_type": "{{contentType}}"}""");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((422, "unsupported_content_type")));
    }

    [Test]
    public async Task A_format_is_refused_at_its_place_and_beside_all_else_that_is_wrong()
    {
        var alone = await Tenant.Raw.PostAsync("/v1/uploads", """{"content_type": "text/html"}""");
        var both = await Tenant.Raw.PostAsync("/v1/uploads", """{"content_type": "text/html", "filename": ""}""");

        Assert.That((alone.Code, string.Join(", ", alone.Faults)), Is.EqualTo(("unsupported_content_type", "body/content_type unsupported_content_type")));
        Assert.That((string?)alone.Json["detail"]![0]!["msg"], Does.Contain("video/mp4").And.Contain("font/woff2"));
        Assert.That(
            (both.Status, both.Code, string.Join(", ", both.Faults)),
            Is.EqualTo((422, "validation_error", "body/content_type unsupported_content_type, body/filename too_short")));
    }

    [Test]
    public async Task What_a_request_lacks_is_told_at_its_place()
    {
        var empty = await Tenant.Raw.PostAsync("/v1/uploads", "{}");
        var named = await Tenant.Raw.PostAsync("/v1/uploads", $$"""{"content_type": "video/mp4", "filename": "{{new string('a', 256)}}"}""");
        Assert.That((empty.Faults.Single(), named.Faults.Single()), Is.EqualTo(("body/content_type missing", "body/filename too_long")));
    }

    [Test]
    public async Task A_file_is_sent_at_once_without_a_key()
    {
        var upload = await BeginAsync();
        var sent = await upload.PutAsync(Content);
        Assert.Multiple(() =>
        {
            Assert.That((sent.Status, sent.Body), Is.EqualTo((200, $$"""{"source_url":"{{upload.SourceUrl}}","size_bytes":300000}""")));
            Assert.That(() => StoredAsync(upload), Is.EqualTo(Whole));
        });
    }

    [Test]
    public async Task A_file_whose_length_is_seen_at_its_end_is_sent_at_once_too()
    {
        var upload = await BeginAsync();
        Assert.That((await upload.SendAsync(Uploading.Chunked(new MemoryStream(Content)), null)).Status, Is.EqualTo(200));
        Assert.That(await StoredAsync(upload), Is.EqualTo(Whole));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_file_is_sent_in_parts_each_answered_by_what_is_kept(bool totalIsKnown)
    {
        var upload = await BeginAsync();
        long? total = totalIsKnown ? Content.Length : null;
        var nothing = await upload.AskAsync();
        var first = await upload.PutAsync(Content[..1], 0, total);
        var second = await upload.PutAsync(Content[1..100_000], 1, total);
        var asked = await upload.AskAsync();
        var last = await upload.PutAsync(Content[100_000..], 100_000, Content.Length);
        Assert.Multiple(() =>
        {
            Assert.That((nothing.Status, nothing.Header("Range")), Is.EqualTo((308, (string?)null)));
            Assert.That((first.Status, first.Header("Range"), first.Body), Is.EqualTo((308, "bytes=0-0", "")));
            Assert.That((second.Status, second.Header("Range")), Is.EqualTo((308, "bytes=0-99999")));
            Assert.That((asked.Status, asked.Header("Range")), Is.EqualTo((308, "bytes=0-99999")));
            Assert.That(last.Status, Is.EqualTo(200));
            Assert.That(() => StoredAsync(upload), Is.EqualTo(Whole));
        });
    }

    [Test]
    public async Task A_length_that_is_told_last_completes_what_is_all_there()
    {
        var upload = await BeginAsync();
        await upload.PutAsync(Content, 0, null);
        Assert.That((await upload.AskAsync(Content.Length + 1)).Status, Is.EqualTo(308));
        Assert.That((await upload.AskAsync(Content.Length)).Status, Is.EqualTo(200));
        Assert.That(await StoredAsync(upload), Is.EqualTo(Whole));
    }

    [Test]
    public async Task What_is_complete_never_changes()
    {
        var upload = await BeginAsync();
        await upload.PutAsync(Content);
        var whole = await upload.PutAsync(Content);
        var part = await upload.PutAsync([1], 0, 1);
        var more = await upload.PutAsync([1], Content.Length, Content.Length + 1);
        var other = await upload.AskAsync(Content.Length + 1);
        var asked = await upload.AskAsync();
        Assert.Multiple(() =>
        {
            foreach (var answer in new[] { whole, part, more, other })
                Assert.That((answer.Status, answer.Code), Is.EqualTo((409, "conflict")));
            Assert.That((asked.Status, (long)asked.Json["size_bytes"]!), Is.EqualTo((200, Content.Length)));
            Assert.That(() => StoredAsync(upload), Is.EqualTo(Whole));
        });
    }

    [Test]
    public async Task Bytes_go_on_where_they_ended_and_nowhere_else()
    {
        var upload = await BeginAsync();
        var gap = await upload.PutAsync(Content[5..10], 5, null);
        await upload.PutAsync(Content[..10], 0, 20);
        var again = await upload.PutAsync(Content[..10], 0, 20);
        var overlap = await upload.PutAsync(Content[9..12], 9, 20);
        var ahead = await upload.PutAsync(Content[11..20], 11, 20);
        var longer = await upload.PutAsync(Content[10..20], 10, 21);
        var beyond = await upload.PutAsync(Content[10..30], 10, null);
        var shorter = await upload.AskAsync(9);
        Assert.Multiple(() =>
        {
            foreach (var answer in new[] { gap, again, overlap, ahead, longer, beyond, shorter })
                Assert.That((answer.Status, answer.Code), Is.EqualTo((409, "conflict")));
            Assert.That(overlap.Message, Is.EqualTo("The upload goes on at byte 10."));
            Assert.That(async () => (await upload.PutAsync(Content[10..20], 10, 20)).Status, Is.EqualTo(200));
            Assert.That(() => StoredAsync(upload), Is.EqualTo(Uploading.DigestOf(Content[..20])));
        });
    }

    [Test]
    public async Task A_file_that_is_sent_at_once_begins_anew()
    {
        var upload = await BeginAsync();
        await upload.PutAsync(new byte[500], 0, 1000);
        Assert.That((await upload.PutAsync(Content)).Status, Is.EqualTo(200));
        Assert.That(await StoredAsync(upload), Is.EqualTo(Whole));
    }

    [TestCase("bytes 0-4/5", 4)]
    [TestCase("bytes 0-4/5", 6)]
    [TestCase("bytes 0-4/4", 5)]
    [TestCase("bytes 4-0/5", 5)]
    [TestCase("bytes 0-4", 5)]
    [TestCase("bytes */*", 5)]
    [TestCase("bytes=0-4/5", 5)]
    [TestCase("lines 0-4/5", 5)]
    [TestCase("bytes -0-4/5", 5)]
    [TestCase("bytes 0-99999999999999999999/*", 5)]
    [TestCase("", 5)]
    [TestCase(null, 0)]
    public async Task A_range_that_is_none_or_another_than_the_body_is_a_bad_request(string? range, int length)
    {
        var upload = await BeginAsync();
        var answer = await upload.SendAsync(new ByteArrayContent(new byte[length]), range);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "invalid_request")), answer.Body);
    }

    [TestCase(4)]
    [TestCase(6)]
    public async Task A_body_of_another_length_than_its_range_is_seen_at_its_end_and_what_fits_is_kept(int length)
    {
        var upload = await BeginAsync();
        var answer = await upload.SendAsync(Uploading.Chunked(new MemoryStream(Content[..length])), "bytes 0-4/10");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "invalid_request")));
        Assert.That((await upload.AskAsync()).Header("Range"), Is.EqualTo($"bytes=0-{Math.Min(length, 5) - 1}"));
    }

    [TestCase("bytes 0-0/5368709120")]
    [TestCase("bytes 5368709119-5368709119/*")]
    [TestCase("bytes */5368709120")]
    public async Task Five_GiB_are_too_many_as_soon_as_they_are_told(string range)
    {
        var upload = await BeginAsync();
        var answer = await upload.SendAsync(new ByteArrayContent(range.Contains('*') ? [] : [1]), range);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((413, "payload_too_large")));
    }

    [TestCase("video/webm")]
    [TestCase("application/octet-stream")]
    public async Task Bytes_of_another_type_are_refused(string contentType)
    {
        var upload = await BeginAsync() with { ContentType = contentType };
        var answer = await upload.PutAsync(Content);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((415, "unsupported_media_type")));
    }

    [TestCase("expires=", "expires=9")]
    [TestCase("expires=", "none=")]
    [TestCase("signature=", "signature=A")]
    [TestCase("signature=", "none=")]
    [TestCase("uploads/upl_0", "uploads/upl_1")]
    public async Task An_address_that_was_changed_is_not_found(string what, string by)
    {
        var upload = await BeginAsync();
        var answer = await (upload with { Url = new(upload.Url.AbsoluteUri.Replace(what, by, StringComparison.Ordinal)) }).PutAsync(Content);
        Assert.That((answer.Status, answer.Message), Is.EqualTo((404, "Upload not found.")));
    }

    [Test]
    public async Task Sending_counts_against_no_limit_and_a_wrong_key_does_not_stop_it()
    {
        var upload = await BeginAsync();
        var before = await upload.AskAsync();
        using var stranger = new Caller(Host.Url, "fl_live_wrong");
        var after = await (upload with { Caller = stranger }).PutAsync(Content);
        Assert.That(after.Status, Is.EqualTo(200));
        Assert.That(Left(after), Is.EqualTo(Left(before)));
    }

    [Test]
    public async Task The_document_does_not_show_where_bytes_are_sent() =>
        Assert.That((await Host.Nobody.GetAsync("/openapi.json")).Json["paths"]!.AsObject().Select(path => path.Key), Has.None.StartWith("/uploads"));

    Task<Uploading> BeginAsync(string contentType = "video/mp4") => Uploading.BeginAsync(Tenant, Host.Nobody, contentType);

    static Task<string> StoredAsync(Uploading upload) => upload.StoredAsync(Host);

    static int Left(Answer answer) => int.Parse(answer.Header("RateLimit-Remaining")!, CultureInfo.InvariantCulture);
}

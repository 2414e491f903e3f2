using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Framelane.Api.Tests.Http.Conventions;

/// <summary>What a browser has to be told before it shows a page of another origin the answer.</summary>
public sealed class CrossOriginTests
{
    const string Console = "https://console.example.com";

    /// <summary>What a page may read without being told, or what is no business of its.</summary>
    static readonly string[] NotTold =
        ["Cache-Control", "Content-Length", "Content-Type", "Connection", "Date", "Last-Modified", "Transfer-Encoding", "Vary", "X-Content-Type-Options"];

    static ApiHost host = null!;

    static Tenant metered = null!;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        var broken = new Mock<IAuditLog>(MockBehavior.Strict);
        host = await ApiHost.StartAsync(
            services => services.AddScoped(_ => broken.Object),
            ("Framelane:Cors:Origins", $"{Console}, http://localhost:3000"),
            ("Framelane:Plans:free:RequestsPerMinute", "1"));
        metered = await host.AddWorkspaceAsync(Plan.Free);
        await metered.Raw.GetAsync("/v1/workspace");
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        metered.Dispose();
        await host.DisposeAsync();
    }

    [TestCase(Console, "GET", "/v1/workspace", "authorization")]
    [TestCase(Console, "POST", "/v1/renders", "authorization,content-type,idempotency-key")]
    [TestCase(Console, "PATCH", "/v1/workspace", "authorization,content-type")]
    [TestCase(Console, "DELETE", "/v1/workspace", "authorization")]
    [TestCase(Console, "PUT", "/uploads/upl_1", "content-range,content-type")]
    [TestCase("http://localhost:3000", "GET", "/v1/capabilities", "authorization,if-none-match,traceparent")]
    public async Task A_page_that_is_known_may_send_what_the_API_reads(string origin, string method, string path, string headers)
    {
        var answer = await PreflightAsync(host, origin, method, path, headers);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(204));
            Assert.That(answer.Header("Access-Control-Allow-Origin"), Is.EqualTo(origin));
            Assert.That(answer.Header("Access-Control-Allow-Methods")!.Split(','), Does.Contain(method));
            Assert.That(answer.Header("Access-Control-Allow-Headers")!.ToLowerInvariant().Split(','), Is.SupersetOf(headers.Split(',')));
            Assert.That(answer.Header("Access-Control-Max-Age"), Is.EqualTo("7200"));
            Assert.That(answer.Header("Access-Control-Allow-Credentials"), Is.Null);
        }
    }

    [TestCase("https://console.example.com.evil.example")]
    [TestCase("http://console.example.com")]
    [TestCase("null")]
    public async Task Another_page_may_nothing(string origin)
    {
        var asked = await PreflightAsync(host, origin, "GET", "/v1/workspace", "authorization");
        var answer = await host.First.Raw.GetAsync("/v1/workspace", ("Origin", origin));

        Assert.That(asked.Headers.Keys.Concat(answer.Headers.Keys), Has.None.StartsWith("Access-Control"));
    }

    [Test]
    public async Task Where_no_page_is_known_nothing_is_said_of_pages()
    {
        var asked = await PreflightAsync(SharedHost.Host, Console, "GET", "/v1/workspace", "authorization");
        var answer = await SharedHost.Host.Nobody.GetAsync("/v1/capabilities", ("Origin", Console));

        Assert.That((asked.Status, answer.Header("Vary")), Is.EqualTo((405, "Authorization")));
        Assert.That(asked.Headers.Keys.Concat(answer.Headers.Keys), Has.None.StartsWith("Access-Control"));
    }

    [TestCase("GET", "/v1/workspace", 200)]
    [TestCase("GET", "/v1/capabilities", 200)]
    [TestCase("GET", "/openapi.json", 200)]
    [TestCase("GET", "/nothing", 404)]
    [TestCase("PATCH", "/v1/workspace", 422, "{\"name\": 1}")]
    [TestCase("GET", "/v1/workspace/audit-log", 500)]
    public async Task Whatever_is_answered_the_page_may_read(string method, string path, int status, string? body = null) =>
        AssertReadable(await host.First.Raw.SendAsync(method, path, body, ("Origin", Console)), status);

    [Test]
    public async Task So_it_may_where_it_is_refused()
    {
        AssertReadable(await host.Nobody.GetAsync("/v1/workspace", ("Origin", Console)), 401);
        AssertReadable(await metered.Raw.GetAsync("/v1/workspace", ("Origin", Console)), 429);
    }

    [Test]
    public async Task It_reads_how_far_an_upload_is_and_that_an_answer_is_a_repeat()
    {
        (string, string) origin = ("Origin", Console), key = ("Idempotency-Key", "once");
        var begun = await host.First.Raw.PostAsync("/v1/uploads", """{"content_type": "image/png"}""", origin, key);
        AssertReadable(begun, 201);
        AssertReadable(await host.First.Raw.PostAsync("/v1/uploads", """{"content_type": "image/png"}""", origin, key), 200);
        var upload = new Uri((string)begun.Json["upload_url"]!).PathAndQuery;
        AssertReadable(await PutAsync("bytes 0-0/2"), 308);
        AssertReadable(await host.First.Raw.GetAsync(upload, origin), 405);

        Task<Answer> PutAsync(string range)
        {
            var part = new ByteArrayContent([1]) { Headers = { ContentType = new("image/png") } };
            part.Headers.TryAddWithoutValidation("Content-Range", range);
            return host.Nobody.SendContentAsync("PUT", upload, part, origin);
        }
    }

    [Test]
    public async Task It_reads_a_part_of_a_file_and_what_is_to_be_known_of_a_picture()
    {
        var asset = await ReadyAsset.AddAsync(host, metered, [1, 2, 3]);
        var file = host.Services.GetRequiredService<IObjectStorage>().SignUrl(asset.Key!, TimeSpan.FromMinutes(1), "a.mp4");
        AssertReadable(await host.Nobody.GetAsync(file.PathAndQuery, ("Origin", Console), ("Range", "bytes=1-")), 206);
        AssertReadable(await host.First.Raw.PostAsync("/v1/renders/preview", """{"width": 16, "height": 16, "duration": 1}""", ("Origin", Console)), 200);
    }

    /// <remarks>A browser that showed a file in place would else give its copy, which lets nobody read it, to the page too.</remarks>
    [TestCase("/v1/capabilities")]
    [TestCase("/openapi.json")]
    public async Task A_cache_keeps_what_a_page_may_read_apart_from_what_it_may_not(string path)
    {
        Assert.That((await host.Nobody.GetAsync(path)).Header("Vary")!.Split(", "), Has.One.EqualTo("Origin"));
        Assert.That((await host.Nobody.GetAsync(path, ("Origin", Console))).Header("Vary")!.Split(", "), Has.One.EqualTo("Origin"));
    }

    static void AssertReadable(Answer answer, int status)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(status), answer.Body);
            Assert.That(answer.Header("Access-Control-Allow-Origin"), Is.EqualTo(Console));
            Assert.That(
                answer.Headers.Keys.Where(name => !name.StartsWith("Access-Control-", StringComparison.Ordinal)).Except(NotTold),
                Is.SubsetOf((answer.Header("Access-Control-Expose-Headers") ?? "").Split(',')).IgnoreCase);
        }
    }

    static Task<Answer> PreflightAsync(ApiHost api, string origin, string method, string path, string headers) => api.Nobody.SendAsync(
        "OPTIONS", path, null, ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers));
}

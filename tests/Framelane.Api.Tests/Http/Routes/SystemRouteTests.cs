using System.Text.Json.Nodes;
using Framelane.Application.Capabilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Api.Tests.Http.Routes;

public sealed class SystemRouteTests
{
    static Caller Nobody => SharedHost.Host.Nobody;

    [Test]
    public async Task Health_answers_without_a_key() =>
        Assert.That((await Nobody.GetAsync("/health")).ToString(), Is.EqualTo("""200 {"status":"ok"}"""));

    [Test]
    public async Task Ready_names_what_it_asked()
    {
        var answer = await Nobody.GetAsync("/ready");

        Assert.That((answer.Status, (string?)answer.Json["status"]), Is.EqualTo((200, "ready")));
        Assert.That(answer.Json["checks"]!.AsArray().Select(check => (string?)check), Is.SupersetOf(new[] { "database", "storage", "media_tools", "text" }));
    }

    [Test]
    public async Task What_does_not_answer_is_named_and_health_stays()
    {
        await using var host = await ApiHost.StartAsync(services =>
            services.AddHealthChecks().AddCheck("disk", () => HealthCheckResult.Unhealthy("/srv/secret-place is full")));

        var ready = await host.Nobody.GetAsync("/ready");

        Assert.Multiple(() =>
        {
            Assert.That((ready.Status, ready.Code), Is.EqualTo((503, "unavailable")));
            Assert.That(Failing(ready), Is.EqualTo(new[] { "disk" }));
            Assert.That(ready.Body, Does.Not.Contain("secret-place"));
            Assert.That(async () => (await host.Nobody.GetAsync("/health")).Status, Is.EqualTo(200));
        });
    }

    [Test]
    public async Task Storage_that_is_away_is_named()
    {
        await using var host = await ApiHost.StartAsync(
            ("Framelane:Storage:Provider", "s3"), ("Framelane:Storage:S3:Endpoint", "http://127.0.0.1:1"), ("Framelane:Storage:S3:Bucket", "media"),
            ("Framelane:Storage:S3:AccessKey", "a"), ("Framelane:Storage:S3:SecretKey", "b"));
        await using var folder = await ApiHost.StartAsync();
        var files = Path.Combine(folder.Data.Path, "files");
        if (Directory.Exists(files))
            Directory.Delete(files, recursive: true);
        await File.WriteAllTextAsync(files, "in its place");
        Assert.That(Failing(await host.Nobody.GetAsync("/ready")), Is.EqualTo(new[] { "storage" }));
        Assert.That(Failing(await folder.Nobody.GetAsync("/ready")), Is.EqualTo(new[] { "storage" }));
    }

    [Test]
    public async Task Where_no_text_can_be_set_that_is_named_refused_and_all_else_goes_on()
    {
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton(provider =>
            SharedHost.Host.Services.GetRequiredService<RenderingCapabilities>() with { TextFault = "Texts cannot be set.", ElementTypes = new HashSet<string>(["image"]) }));

        var ready = await host.Nobody.GetAsync("/ready");
        await Eventually.HoldsAsync(async () => (ready = await host.Nobody.GetAsync("/ready")).Status == 200);
        var refused = await host.First.Raw.PostAsync("/v1/renders", """{"elements": [{"type": "text", "text": "a", "duration": 1}]}""");

        Assert.That(ready.Json["degraded"]!.AsArray().Select(check => (string?)check), Does.Contain("text"));
        Assert.That(refused.Faults, Is.EqualTo(new[] { "body/elements/0/type not_supported" }));
        Assert.That((await host.First.Raw.PostAsync("/v1/renders", "{}")).Status, Is.EqualTo(202));
    }

    [Test]
    public async Task Redis_is_listed_and_whoever_waits_for_it_is_ready_all_the_same()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Redis:ConnectionString", "127.0.0.1:1"));

        var ready = await host.Nobody.GetAsync("/ready");
        await Eventually.HoldsAsync(async () => (ready = await host.Nobody.GetAsync("/ready")).Status == 200);

        Assert.That(ready.Json["checks"]!.AsArray().Select(check => (string?)check), Does.Contain("redis"));
        Assert.That(ready.Json["degraded"]!.AsArray().Select(check => (string?)check), Does.Contain("redis"));
        Assert.That((await host.First.Raw.GetAsync("/v1/workspace")).Header("RateLimit-Remaining"), Is.Not.Null);
    }

    [Test]
    public async Task A_worker_without_its_media_programs_is_not_ready()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Media:FfprobePath", "/nowhere/ffprobe"));

        // What looks for deliveries is not ready before it has looked once.
        var ready = await host.Nobody.GetAsync("/ready");
        await Eventually.HoldsAsync(async () => !Failing(ready = await host.Nobody.GetAsync("/ready")).Contains("dispatcher"));

        Assert.That(ready.Status, Is.EqualTo(503));
        Assert.That(Failing(ready), Is.EqualTo(new[] { "media_tools" }));
        Assert.That(ready.Body, Does.Not.Contain("nowhere"));
    }

    [Test]
    public async Task Version_tells_what_was_built()
    {
        var answer = await Nobody.GetAsync("/version");

        Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(new[] { "version", "commit", "build_time" }));
        Assert.That((string?)answer.Json["version"], Does.Match(@"^\d+\.\d+\.\d+"));
        Assert.That((DateTimeOffset)answer.Json["build_time"]!, Is.GreaterThan(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task The_document_is_served_by_the_program_itself()
    {
        var answer = await Nobody.GetAsync("/openapi.json");
        var unchanged = await Nobody.GetAsync("/openapi.json", ("If-None-Match", answer.Header("ETag")!));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That((string?)answer.Json["openapi"], Does.StartWith("3.1."));
            Assert.That(answer.Json["paths"]!["/v1/webhooks/{webhook_id}/rotate-secret"]!["post"], Is.InstanceOf<JsonObject>());
            Assert.That((unchanged.Status, unchanged.Body), Is.EqualTo((304, "")));
        });
    }

    [Test]
    public async Task Docs_leads_to_a_page()
    {
        var docs = await Nobody.GetAsync("/docs");
        var page = await Nobody.GetAsync(docs.Header("Location")!);

        Assert.That(docs.Status, Is.EqualTo(302));
        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Header("Content-Type"), Does.StartWith("text/html"));
    }

    static IEnumerable<string?> Failing(Answer ready) => ready.Json["error"]!["details"]!["failing"]!.AsArray().Select(name => (string?)name);
}

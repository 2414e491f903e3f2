using Framelane.Api.Conventions.RateLimiting;
using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using DomainPlan = Framelane.Domain.Workspaces.Plan;

namespace Framelane.Api.Tests.Http.Conventions;

public sealed class RateLimitTests
{
    const string WrongKey = "Bearer fl_live_abcdefghijklmnopqrstuvwxyz234567";

    readonly FakeTimeProvider time = new();

    ApiHost host = null!;

    [SetUp]
    public async Task StartAsync() => host = await ApiHost.StartAsync(
        services => services.AddSingleton<IRateLimiter>(new MemoryRateLimiter(time)),
        ("Framelane:Plans:enterprise:RequestsPerMinute", "5"),
        ("Framelane:Plans:free:RequestsPerMinute", "2"),
        ("Framelane:RateLimits:UnauthenticatedRequestsPerMinute", "3"),
        ("Framelane:RateLimits:UploadPartsPerMinute", "20"));

    [TearDown]
    public Task StopAsync() => host.DisposeAsync().AsTask();

    [Test]
    public async Task A_workspace_has_its_plan_s_requests_a_minute_over_all_its_keys()
    {
        using var tenant = await host.AddWorkspaceAsync();
        using var other = await host.AddWorkspaceAsync();
        using var second = new Tenant((await tenant.Client.CreateApiKeyAsync(new() { Name = "CI" })).Key, host.Url);
        var answers = await ManyAsync(4, () => second.Raw.GetAsync("/v1/workspace"));

        var refused = await tenant.Raw.PostAsync("/v1/api-keys", """{"name": "CI"}""", ("Idempotency-Key", "k"));
        time.Advance(TimeSpan.FromSeconds(20.5));
        var later = await second.Raw.GetAsync("/v1/workspace");

        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
            Assert.That(answers.Select(answer => answer.Header("RateLimit-Limit")), Has.All.EqualTo("5"));
            Assert.That(answers.Select(answer => answer.Header("RateLimit-Remaining")), Is.EqualTo(new[] { "3", "2", "1", "0" }));
            Assert.That((refused.Status, refused.Code), Is.EqualTo((429, "rate_limited")));
            Assert.That((refused.Header("Retry-After"), refused.Header("RateLimit-Reset"), refused.Header("RateLimit-Remaining")), Is.EqualTo(("60", "60", "0")));
            Assert.That((int)refused.Json["error"]!["details"]!["retry_after_seconds"]!, Is.EqualTo(60));
            Assert.That((later.Status, later.Header("Retry-After")), Is.EqualTo((429, "40")));
            Assert.That(async () => (await other.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));
        });

        // Who waited as long as was said is let in, and what was refused has taken no key.
        time.Advance(TimeSpan.FromSeconds(40));
        var accepted = await tenant.Raw.PostAsync("/v1/api-keys", """{"name": "CI"}""", ("Idempotency-Key", "k"));
        Assert.That((accepted.Status, accepted.Header("RateLimit-Remaining")), Is.EqualTo((201, "4")));
    }

    [Test]
    public async Task An_upload_s_address_takes_so_many_requests_a_minute_and_goes_on_later()
    {
        using var tenant = await host.AddWorkspaceAsync();
        var (upload, other) = (await Uploading.BeginAsync(tenant, host.Nobody), await Uploading.BeginAsync(tenant, host.Nobody));
        List<Answer> answers = [];
        for (var sent = 0; sent < 20; sent++)
            answers.Add(await upload.PutAsync([(byte)sent], sent, 21));
        time.Advance(TimeSpan.FromSeconds(20.5));

        var (part, question) = (await upload.PutAsync([20], 20, 21), await upload.AskAsync());

        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(308));
            Assert.That((part.Status, part.Code, part.Header("Retry-After"), part.Header("RateLimit-Limit")), Is.EqualTo((429, "rate_limited", "40", "20")));
            Assert.That((int)part.Json["error"]!["details"]!["retry_after_seconds"]!, Is.EqualTo(40));
            Assert.That((question.Status, question.Code), Is.EqualTo((429, "rate_limited")));
            Assert.That(async () => (await other.AskAsync()).Status, Is.EqualTo(308));
        });

        time.Advance(TimeSpan.FromSeconds(40));
        Assert.That((await upload.PutAsync([20], 20, 21)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Each_plan_has_its_own_number()
    {
        using var free = await host.AddWorkspaceAsync(DomainPlan.Free);
        using var pro = await host.AddWorkspaceAsync(DomainPlan.Pro);

        var answers = await ManyAsync(3, () => free.Raw.GetAsync("/v1/workspace"));

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 200, 200, 429 }));
        Assert.That((await pro.Raw.GetAsync("/v1/workspace")).Header("RateLimit-Limit"), Is.EqualTo("600"));
    }

    [Test]
    public async Task Who_shows_no_key_is_counted_by_address_and_apart_from_workspaces()
    {
        var answers = await ManyAsync(4, () => host.Nobody.GetAsync("/v1/capabilities"));

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 200, 200, 200, 429 }));
        Assert.That(answers.Select(answer => answer.Header("RateLimit-Limit")), Has.All.EqualTo("3"));
        Assert.That((await host.Nobody.GetAsync("/v1/workspace")).Status, Is.EqualTo(429));
        Assert.That((await host.Nobody.GetAsync("/nothing")).Status, Is.EqualTo(429));
        Assert.That((await host.First.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));
        Assert.That((await host.First.Raw.GetAsync("/v1/capabilities")).Status, Is.EqualTo(429), "A public route knows no key.");
    }

    [Test]
    public async Task Who_signs_up_is_a_stranger_until_the_address_is_verified()
    {
        const string Email = "zoe@example.com";
        var made = await host.Nobody.PostAsync("/v1/signup", $$"""{"workspace_name": "Studio", "email": "{{Email}}"}""");
        using var tenant = new Tenant((string)made.Json["api_key"]!, host.Url);
        var answers = await ManyAsync(3, () => tenant.Raw.GetAsync("/v1/workspace"));

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 403, 403, 429 }), "The sign-up was one too.");
        Assert.That(answers.Select(answer => answer.Header("RateLimit-Limit")), Has.All.EqualTo("3"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await host.Nobody.PostAsync("/v1/signup/verify", $$"""{"email": "{{Email}}", "otp_code": "{{await host.CodeAsync(Email)}}"}""")).Status, Is.EqualTo(200));
        Assert.That((await tenant.Raw.GetAsync("/v1/workspace")).Header("RateLimit-Limit"), Is.EqualTo("5"));
    }

    [Test]
    public async Task A_wrong_key_makes_no_other_visitor_of_anybody_where_none_is_needed()
    {
        await ManyAsync(3, () => host.Nobody.GetAsync("/v1/capabilities", ("Authorization", WrongKey)));

        Assert.That((await host.Nobody.GetAsync("/v1/capabilities")).Status, Is.EqualTo(429));
    }

    [TestCase("/health")]
    [TestCase("/ready")]
    [TestCase("/version")]
    [TestCase("/openapi.json")]
    [TestCase("/docs/index.html")]
    public async Task Probes_and_documents_are_free(string path)
    {
        // On a busy machine a database that was just made may take longer to answer than /ready waits.
        await Eventually.HoldsAsync(async () => (await host.Nobody.GetAsync("/ready")).Status == 200);
        var answers = await ManyAsync(5, () => host.Nobody.GetAsync(path));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That(answers.Select(answer => answer.Header("RateLimit-Remaining")), Has.All.EqualTo("3"));

        // They stay so for who has used up the rest, with a wrong key or none.
        await ManyAsync(4, () => host.Nobody.GetAsync("/v1/capabilities"));
        await ManyAsync(4, () => host.Nobody.GetAsync("/v1/workspace", ("Authorization", WrongKey)));
        Assert.That((await host.Nobody.GetAsync(path)).Status, Is.EqualTo(200));
        Assert.That((await host.Nobody.GetAsync(path, ("Authorization", WrongKey))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Who_guesses_keys_is_stopped_and_the_owners_of_keys_are_not()
    {
        using var known = await host.AddWorkspaceAsync();
        using var late = await host.AddWorkspaceAsync();
        await known.Raw.GetAsync("/v1/workspace");

        var guesses = await ManyAsync(5, () => host.Nobody.GetAsync("/v1/workspace", ("Authorization", WrongKey)));

        Assert.Multiple(() =>
        {
            Assert.That(guesses.Select(answer => answer.Status), Is.EqualTo(new[] { 401, 401, 401, 429, 429 }));
            Assert.That(guesses.Select(answer => answer.Header("RateLimit-Remaining")), Is.EqualTo(new[] { "2", "1", "0", "0", "0" }));
            Assert.That(async () => (await known.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));
            Assert.That(async () => (await late.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(429), "Right or wrong: a guesser must not learn it.");
        });
    }

    [Test]
    public async Task An_outage_of_authentication_tells_the_limit_too()
    {
        await using var broken = await ApiHost.StartAsync(
            services => services.AddSingleton<IApiKeyAuthenticator, Away>(), ("Framelane:RateLimits:UnauthenticatedRequestsPerMinute", "3"));

        var answer = await broken.First.Raw.GetAsync("/v1/workspace");
        var open = await broken.First.Raw.GetAsync("/v1/capabilities");

        Assert.That((answer.Status, answer.Code), Is.EqualTo((503, "unavailable")));
        Assert.That((open.Status, open.Header("Cache-Control")), Is.EqualTo((200, "no-store, private")), "No key is needed there, but it may be right a moment later.");
        Assert.That(
            (answer.Header("RateLimit-Limit"), answer.Header("RateLimit-Remaining"), answer.Header("RateLimit-Reset")),
            Is.EqualTo(("3", "3", "0")));
    }

    [Test]
    public async Task What_a_stranger_says_of_where_it_comes_from_is_not_believed()
    {
        var answers = new List<Answer>();
        for (var i = 0; i < 4; i++)
            answers.Add(await host.Nobody.GetAsync("/v1/capabilities", ("X-Forwarded-For", $"203.0.113.{i}"), ("Forwarded", $"for=203.0.113.{i}")));

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 200, 200, 200, 429 }));
    }

    static async Task<IReadOnlyList<Answer>> ManyAsync(int count, Func<Task<Answer>> send)
    {
        var answers = new List<Answer>();
        for (var i = 0; i < count; i++)
            answers.Add(await send());
        return answers;
    }

    sealed class Away : IApiKeyAuthenticator
    {
        public Task<AuthenticatedKey?> AuthenticateAsync(ApiKeySecret presented, CancellationToken cancellationToken) => throw new TimeoutException();
    }
}

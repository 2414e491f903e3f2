using Framelane.Application.Abstractions;
using Framelane.Client;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http.Conventions;

/// <summary>Every POST takes an Idempotency-Key: also the ones that are added later, which have to be listed here.</summary>
public sealed class IdempotencyTests : SharedHostTests
{
    /// <summary>A request of each route, and what its first answer is. <c>{…}</c> stands for what the test has made.</summary>
    static readonly Dictionary<string, (string Body, int Status)> Posts = new()
    {
        ["v1/webhooks"] = ("""{"url": "{url}"}""", 201),
        ["v1/webhooks/{webhook_id}/rotate-secret"] = ("", 200),
        ["v1/webhooks/{webhook_id}/test"] = ("", 200),
        ["v1/webhooks/{webhook_id}/recover"] = ("""{"since": "2020-01-01T00:00:00Z"}""", 202),
        ["v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver"] = ("", 202),
        ["v1/deliveries/{delivery_id}/redeliver"] = ("", 202),
        ["v1/api-keys"] = ("""{"name": "CI"}""", 201),
        ["v1/renders"] = ("""{"output_format": "png", "width": 16, "height": 16}""", 202),
        ["v1/renders/validate"] = ("""{"width": 16, "height": 16}""", 200),
        ["v1/renders/preview"] = ("""{"width": 16, "height": 16}""", 200),
        ["v1/uploads"] = ("""{"content_type": "video/mp4"}""", 201),
        ["v1/imports"] = ("""{"url": "{url}"}""", 202),
        ["v1/billing/portal"] = ("", 200),
        ["v1/billing/checkout"] = ("""{"plan": "pro"}""", 200),
    };

    /// <summary>They change nothing, so nothing is remembered: a repeat does the same again. A preview that is a draft is a render's job, and tried there.</summary>
    static readonly string[] Harmless = ["v1/renders/validate", "v1/renders/preview"];

    /// <summary>They need no key, so their replays know no workspace, and have tests of their own: <see cref="Routes.SignupReplayTests"/> for instance.</summary>
    static readonly string[] Public = ["v1/signup", "v1/signup/verify", "v1/signup/resend", "v1/auth/sync", "v1/billing/events"];

    static IEnumerable<string> Routes => Posts.Keys;

    static IEnumerable<string> Remembered => Posts.Keys.Except(Harmless);

    [Test]
    public void Every_POST_is_tried_here() =>
        Assert.That(Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("POST"))
            .Select(endpoint => endpoint.RoutePattern.RawText), Is.EquivalentTo(Posts.Keys.Concat(Public)));

    [TestCaseSource(nameof(Routes))]
    public async Task A_repeat_gets_the_first_answer_with_200_and_does_nothing(string route)
    {
        var (path, body) = await RequestOf(route);

        var first = await Tenant.Raw.PostAsync(path, body, ("Idempotency-Key", "the key"));
        await SettledAsync();
        var before = await SnapshotAsync();
        var repeat = await Tenant.Raw.PostAsync(path, body, ("Idempotency-Key", "the key"));

        Assert.Multiple(() =>
        {
            Assert.That(first.Status, Is.EqualTo(Posts[route].Status), first.Body);
            Assert.That(repeat.Status, Is.EqualTo(200));
            Assert.That(repeat.Body, Is.EqualTo(first.Body));
            Assert.That(repeat.Header("Location"), Is.EqualTo(first.Header("Location")));
            Assert.That(repeat.Header("Cache-Control"), Is.EqualTo(first.Header("Cache-Control")));
            Assert.That(SnapshotAsync, Is.EqualTo(before));
        });
    }

    [TestCaseSource(nameof(Harmless))]
    public async Task What_changes_nothing_remembers_nothing(string route)
    {
        var (path, body) = await RequestOf(route);
        var first = await Tenant.Raw.PostAsync(path, body, ("Idempotency-Key", "the key"));
        var other = await Tenant.Raw.PostAsync(path, """{"width": 32, "height": 32}""", ("Idempotency-Key", "the key"));

        Assert.That((first.Status, other.Status), Is.EqualTo((200, 200)));
        Assert.That(other.Body, Is.Not.EqualTo(first.Body));
    }

    [TestCaseSource(nameof(Remembered))]
    public async Task Another_request_under_the_key_is_a_conflict(string route)
    {
        var (path, body) = await RequestOf(route);
        await Tenant.Raw.PostAsync(path, body, ("Idempotency-Key", "the key"));

        var other = await Tenant.Raw.PostAsync(path + "?other", body, ("Idempotency-Key", "the key"));

        Assert.That((other.Status, other.Code), Is.EqualTo((409, "idempotency_conflict")));
    }

    [TestCaseSource(nameof(Routes))]
    public async Task A_key_whose_first_request_still_runs_is_in_progress(string route)
    {
        var (path, body) = await RequestOf(route);

        // The first request, as far as another one can see it.
        var store = Host.Services.GetRequiredService<IIdempotencyStore>();
        var claimed = await store.ClaimAsync($"{Tenant.Id.Value} {route}", "the key", Fingerprint(path, body), CancellationToken.None);
        var second = await Tenant.Raw.PostAsync(path, body, ("Idempotency-Key", "the key"));
        await store.ReleaseAsync(claimed.Claim!, CancellationToken.None);
        var third = await Tenant.Raw.PostAsync(path, body, ("Idempotency-Key", "the key"));

        Assert.That((second.Status, second.Code), Is.EqualTo((409, "idempotency_in_progress")));
        Assert.That(third.Status, Is.EqualTo(Posts[route].Status));
    }

    [Test]
    public async Task Of_many_at_once_one_does_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Tenant.Raw.PostAsync("/v1/api-keys", """{"name": "CI"}""", ("Idempotency-Key", "the key"))));

        Assert.That(answers.Count(answer => answer.Status == 201), Is.EqualTo(1));
        Assert.That(answers.Where(answer => answer.Status is not (200 or 201)).Select(answer => answer.Code), Has.All.EqualTo("idempotency_in_progress"));
        Assert.That((await Tenant.Client.ListApiKeysAsync()).Data, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_was_refused_is_not_remembered()
    {
        var refused = await Tenant.Raw.PostAsync("/v1/api-keys", """{"name": ""}""", ("Idempotency-Key", "the key"));
        var accepted = await Tenant.Raw.PostAsync("/v1/api-keys", """{"name": "CI"}""", ("Idempotency-Key", "the key"));

        Assert.That((refused.Status, accepted.Status), Is.EqualTo((422, 201)));
    }

    [Test]
    public async Task What_was_not_found_is_not_remembered()
    {
        var missing = await Tenant.Raw.PostAsync("/v1/webhooks/wh_01J8QR2K5VKDGN2T4FBM3CZYX7/rotate-secret", null, ("Idempotency-Key", "the key"));

        Assert.That(missing.Status, Is.EqualTo(404));
        Assert.That((await Host.Data.Database.CellsAsync()).Any(cell => cell.Place == "idempotency_keys.scope" && $"{cell.Value}".StartsWith(Tenant.Id.Value, StringComparison.Ordinal)), Is.False);
    }

    [Test]
    public async Task One_key_serves_each_route_for_itself()
    {
        var webhook = await Tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "{{Receiver.Url}}"}""", ("Idempotency-Key", "the key"));
        var key = await Tenant.Raw.PostAsync("/v1/api-keys", """{"name": "CI"}""", ("Idempotency-Key", "the key"));

        Assert.That((webhook.Status, key.Status), Is.EqualTo((201, 201)));
    }

    async Task<(string Path, string? Body)> RequestOf(string route)
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(Tenant, "render.completed");
        AttemptResponse? attempt = null;
        await Eventually.HoldsAsync(async () =>
            (attempt = (await Tenant.Client.ListDeliveriesAsync(status: AttemptStatus.Succeeded)).Data.SingleOrDefault()) is not null);
        var body = Posts[route].Body.Replace("{url}", Receiver.Url.AbsoluteUri, StringComparison.Ordinal);
        return (
            "/" + route.Replace("{webhook_id}", webhook.Id, StringComparison.Ordinal).Replace("{delivery_id}", attempt!.DeliveryId, StringComparison.Ordinal),
            body.Length > 0 ? body : null);
    }

    /// <summary>Waits until what the first request set in motion has come to rest.</summary>
    /// <summary>What is sent is recorded, and every barrier that was passed is noted.</summary>
    Task SettledAsync() => Eventually.HoldsAsync(async () =>
        (await Tenant.Client.ListDeliveriesAsync()).Data.All(attempt => attempt.Status == AttemptStatus.Succeeded)
        && (await Tenant.Client.ListRendersAsync()).Data.All(job => job.Status == JobStatus.Completed)
        && (await Host.Data.Database.CellsAsync()).All(cell => cell.Place != "assets.status" || cell.Value is not (1L or 2L))
        && (await SnapshotAsync()).All(row => row.Contains("barrier_epoch=, ", StringComparison.Ordinal) || !row.Contains("barrier_passed=0", StringComparison.Ordinal)));

    static byte[] Fingerprint(string path, string? body) =>
        Framelane.Api.Conventions.Idempotency.RequestFingerprint.Of(path, "", System.Text.Encoding.UTF8.GetBytes(body ?? ""));
}

using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using AssetId = Framelane.Domain.Assets.AssetId;

namespace Framelane.Api.Tests.Http.Conventions;

/// <summary>An answer is given again whatever has become of what its request names. What is refused for that takes no key.</summary>
public sealed class RememberedAnswerTests : SharedHostTests
{
    [Test]
    public async Task A_render_is_answered_again_after_a_file_that_it_names_was_deleted()
    {
        var asset = await ReadyAsset.AddAsync(Host, Tenant, [1, 2, 3]);
        var scene = SceneOf(asset.Id);
        var first = await Tenant.Raw.PostAsync("/v1/renders", scene, ("Idempotency-Key", "the key"));
        await Tenant.Raw.SendAsync("DELETE", $"/v1/renders/{first.Json["id"]}");
        var deleted = await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{asset.Id}");

        var again = await Tenant.Raw.PostAsync("/v1/renders", scene, ("Idempotency-Key", "the key"));
        var other = await Tenant.Raw.PostAsync("/v1/renders", SceneOf(asset.Id, frameRate: 12), ("Idempotency-Key", "the key"));
        var misshapen = await Tenant.Raw.PostAsync("/v1/renders", SceneOf(asset.Id, frameRate: 0), ("Idempotency-Key", "the key"));
        var anew = await Tenant.Raw.PostAsync("/v1/renders", scene);
        Assert.Multiple(() =>
        {
            Assert.That((first.Status, deleted.Status), Is.EqualTo((202, 204)), first.Body + deleted.Body);
            Assert.That((again.Status, again.Header("Idempotency-Replayed"), again.Body), Is.EqualTo((200, "true", first.Body)));
            Assert.That((other.Status, other.Code), Is.EqualTo((409, "idempotency_conflict")), "The key is another request's, whatever is wrong with this one today.");
            Assert.That((misshapen.Status, string.Join(", ", misshapen.Faults)), Is.EqualTo((422, "body/elements/0/source_url source_not_found, body/frame_rate out_of_range")));
            Assert.That((anew.Status, string.Join(", ", anew.Faults)), Is.EqualTo((422, "body/elements/0/source_url source_not_found")));
        });
    }

    [Test]
    public async Task What_is_refused_for_a_file_that_is_not_there_takes_no_key()
    {
        var refused = await Tenant.Raw.PostAsync("/v1/renders", SceneOf(AssetId.New(DateTimeOffset.UtcNow)), ("Idempotency-Key", "the key"));
        var traces = (await SnapshotAsync()).Where(row => row.StartsWith("idempotency_keys", StringComparison.Ordinal)).ToArray();
        var accepted = await Tenant.Raw.PostAsync("/v1/renders", """{"output_format": "png", "width": 16, "height": 16}""", ("Idempotency-Key", "the key"));

        Assert.That((refused.Status, string.Join(", ", refused.Faults)), Is.EqualTo((422, "body/elements/0/source_url source_not_found")));
        Assert.That(traces, Is.Empty);
        Assert.That(accepted.Status, Is.EqualTo(202));
    }

    [Test]
    public async Task A_webhook_and_an_import_are_answered_again_after_their_url_came_to_be_forbidden()
    {
        var policy = new Policy();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IWebhookUrlPolicy>(policy));
        foreach (var route in (string[])["/v1/webhooks", "/v1/imports"])
        {
            policy.Forbids = false;
            var first = await host.First.Raw.PostAsync(route, """{"url": "https://127.0.0.1/a"}""", ("Idempotency-Key", "the key"));
            policy.Forbids = true;
            var again = await host.First.Raw.PostAsync(route, """{"url": "https://127.0.0.1/a"}""", ("Idempotency-Key", "the key"));
            var anew = await host.First.Raw.PostAsync(route, """{"url": "https://127.0.0.1/a"}""", ("Idempotency-Key", "another key"));

            Assert.That(first.Status, Is.AnyOf(201, 202));
            Assert.That((again.Status, again.Body), Is.EqualTo((200, first.Body)), route);
            Assert.That(anew.Status, Is.EqualTo(422), route);
        }
    }

    string SceneOf(AssetId asset, int frameRate = 30) =>
        $$"""{"frame_rate": {{frameRate}}, "elements": [{"type": "video", "source_url": "{{Host.Url}}files/{{Tenant.Id}}/{{asset}}.mp4"}]}""";

    sealed class Policy : IWebhookUrlPolicy
    {
        public bool Forbids { get; set; }

        public UrlRefusal? CheckAsWritten(string url) => Forbids ? new(UrlRefusalTypes.ForbiddenAddress, "Not there.") : null;

        public ValueTask<UrlRefusal?> CheckAsync(string url, string partition, CancellationToken cancellationToken) => new(CheckAsWritten(url));
    }
}

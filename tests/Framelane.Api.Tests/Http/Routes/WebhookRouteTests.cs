using Framelane.Client;
using Framelane.Domain.Events;

namespace Framelane.Api.Tests.Http.Routes;

public sealed class WebhookRouteTests : SharedHostTests
{
    [Test]
    public async Task Creation_answers_the_webhook_and_the_secret_that_the_workspace_has()
    {
        var answer = await Tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "{{Receiver.Url}}"}""");

        var json = answer.Json;
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(201));
            Assert.That(Fields.Of(json), Is.EquivalentTo(Fields.Webhook.Append("secret")));
            Assert.That((string?)json["id"], Does.Match("^wh_[0-9A-HJKMNP-TV-Z]{26}$"));
            Assert.That((string?)json["url"], Is.EqualTo(Receiver.Url.AbsoluteUri));
            Assert.That(json["events"]!.AsArray().Select(type => (string?)type), Is.EqualTo(EventTypes.All));
            Assert.That((bool)json["enabled"]!, Is.True);
            Assert.That(json["disabled_reason"], Is.Null);
            Assert.That(json["last_delivery_at"], Is.Null);
            Assert.That((string?)json["created_at"], Does.EndWith("Z"));
            Assert.That((string?)json["secret"], Is.EqualTo(Tenant.FirstSecret).And.Match("^whsec_[A-Za-z0-9+/]{43}=$"));
            Assert.That(answer.Header("Location"), Is.EqualTo($"/v1/webhooks/{json["id"]}"));
            Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(answer.Header("Content-Type"), Does.StartWith("application/json"));
        });
    }

    [Test]
    public async Task A_second_webhook_gets_no_secret_of_its_own()
    {
        var first = await Tenant.CreateWebhookAsync(Receiver.Url);
        var second = await Tenant.CreateWebhookAsync(Receiver.Url);

        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
        Assert.That(second.Secret, Is.EqualTo(first.Secret));
    }

    [Test]
    public async Task Creation_takes_all_that_a_webhook_has()
    {
        var created = await Tenant.Client.CreateWebhookAsync(new()
        {
            Url = Receiver.Url,
            Events = ["task.failed", "render.completed", "task.failed"],
            Description = "Größe 🎬",
            Enabled = false,
        });

        Assert.Multiple(() =>
        {
            Assert.That(created.Events, Is.EqualTo(new[] { "render.completed", "task.failed" }));
            Assert.That(created.Description, Is.EqualTo("Größe 🎬"));
            Assert.That(created.Enabled, Is.False);
            Assert.That(created.DisabledReason, Is.EqualTo("disabled_by_owner"));
        });
    }

    [Test]
    public async Task Webhooks_are_read_without_the_secret_newest_first()
    {
        var first = await Tenant.CreateWebhookAsync(Receiver.Url);
        var second = await Tenant.CreateWebhookAsync(Receiver.Url);

        var one = await Tenant.Raw.GetAsync($"/v1/webhooks/{first.Id}");
        var all = await Tenant.Raw.GetAsync("/v1/webhooks");

        Assert.Multiple(() =>
        {
            Assert.That(one.Status, Is.EqualTo(200));
            Assert.That(Fields.Of(one.Json), Is.EquivalentTo(Fields.Webhook));
            Assert.That(all.Status, Is.EqualTo(200));
            Assert.That(Fields.Of(all.Json), Is.EquivalentTo(Fields.Page));
            Assert.That(all.Json["data"]!.AsArray().Select(webhook => (string?)webhook!["id"]), Is.EqualTo(new[] { second.Id, first.Id }));
            Assert.That(Fields.Of(all.Json["data"]![0]), Is.EquivalentTo(Fields.Webhook));
            Assert.That((bool)all.Json["has_more"]!, Is.False);
            Assert.That(all.Json["next_cursor"], Is.Null);
        });
    }

    [Test]
    public async Task A_change_leaves_what_it_does_not_name()
    {
        var created = await Tenant.Client.CreateWebhookAsync(new() { Url = Receiver.Url, Description = "old", Events = ["render.failed"] });

        var moved = await Tenant.Client.UpdateWebhookAsync(created.Id, new() { Url = new Uri(Receiver.Url, "/elsewhere") });
        var narrowed = await Tenant.Client.UpdateWebhookAsync(created.Id, new() { Events = ["asset.ready"] });
        var bare = await Tenant.Client.UpdateWebhookAsync(created.Id, new UpdateWebhookRequest().WithoutDescription());
        var read = await Tenant.Client.GetWebhookAsync(created.Id);

        Assert.Multiple(() =>
        {
            Assert.That(moved.Url.AbsolutePath, Is.EqualTo("/elsewhere"));
            Assert.That(moved.Description, Is.EqualTo("old"));
            Assert.That(moved.Events, Is.EqualTo(new[] { "render.failed" }));
            Assert.That(narrowed.Events, Is.EqualTo(new[] { "asset.ready" }));
            Assert.That(bare.Description, Is.Null);
            Assert.That(read.Url.AbsolutePath, Is.EqualTo("/elsewhere"));
            Assert.That(read.Enabled, Is.True);
            Assert.That(Fields.Of(Tenant.Last.Json), Is.EquivalentTo(Fields.Webhook));
        });
    }

    [Test]
    public async Task Disabling_says_who_did_it_and_enabling_takes_it_back()
    {
        var created = await Tenant.CreateWebhookAsync(Receiver.Url);

        var disabled = await Tenant.Client.UpdateWebhookAsync(created.Id, new() { Enabled = false });
        var enabled = await Tenant.Client.UpdateWebhookAsync(created.Id, new() { Enabled = true });

        Assert.That((disabled.Enabled, disabled.DisabledReason), Is.EqualTo((false, "disabled_by_owner")));
        Assert.That((enabled.Enabled, enabled.DisabledReason), Is.EqualTo((true, (string?)null)));
    }

    [Test]
    public async Task A_deleted_webhook_is_gone_and_gets_nothing_more()
    {
        await using var other = await Receiver.StartAsync();
        var deleted = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Tenant.CreateWebhookAsync(other.Url);

        var answer = await Tenant.Raw.SendAsync("DELETE", $"/v1/webhooks/{deleted.Id}");
        await Host.AppendAsync(Tenant, "render.completed");
        await other.NextAsync();

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(204));
            Assert.That(answer.Bytes, Is.Empty);
            Assert.That(Receiver.Deliveries, Is.Empty);
            Assert.That(async () => (await Tenant.Raw.GetAsync($"/v1/webhooks/{deleted.Id}")).Status, Is.EqualTo(404));
            Assert.That(async () => (await Tenant.Raw.SendAsync("DELETE", $"/v1/webhooks/{deleted.Id}")).Status, Is.EqualTo(404));
            Assert.That(async () => (await Tenant.Client.ListWebhooksAsync()).Data.Select(webhook => webhook.Id), Does.Not.Contain(deleted.Id));
        });
    }

    [Test]
    public async Task Rotation_answers_the_secret_and_nothing_else()
    {
        var created = await Tenant.CreateWebhookAsync(Receiver.Url);

        var answer = await Tenant.Raw.PostAsync($"/v1/webhooks/{created.Id}/rotate-secret");

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(Fields.Of(answer.Json), Is.EqualTo(new[] { "secret" }));
            Assert.That((string?)answer.Json["secret"], Does.Match("^whsec_[A-Za-z0-9+/]{43}=$").And.Not.EqualTo(created.Secret));
            Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-store"));
        });
    }

    [Test]
    public async Task A_webhook_gets_the_events_that_it_asked_for_alone()
    {
        await using var all = await Receiver.StartAsync();
        await Tenant.CreateWebhookAsync(Receiver.Url, "render.failed");
        await Tenant.CreateWebhookAsync(all.Url);

        await Host.AppendAsync(Tenant, "render.completed", "render_1");
        await Host.AppendAsync(Tenant, "render.failed", "render_2");
        await all.NextAsync(2);

        Assert.That((await Receiver.NextAsync()).Event.Type, Is.EqualTo("render.failed"));
        Assert.That(Receiver.Deliveries, Has.Count.EqualTo(1));
    }
}

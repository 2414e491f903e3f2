using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

public sealed class WorkspaceRouteTests : SharedHostTests
{
    [Test]
    public async Task The_workspace_shows_how_its_secret_stands_and_never_the_secret()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Tenant.Client.RotateSecretAsync(webhook.Id, request: new() { GracePeriodSeconds = 3600 });

        var answer = await Tenant.Raw.GetAsync("/v1/workspace");

        var secret = answer.Json["signing_secret"];
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(Fields.Workspace));
            Assert.That((string?)answer.Json["id"], Is.EqualTo(Tenant.Id.Value));
            Assert.That((string?)answer.Json["plan"], Is.EqualTo("enterprise"));
            Assert.That((string?)answer.Json["plan_status"], Is.EqualTo("active"));
            Assert.That(Fields.Of(secret), Is.EquivalentTo(new[] { "rotated_at", "previous_expires_at" }));
            Assert.That((DateTimeOffset)secret!["previous_expires_at"]! - (DateTimeOffset)secret["rotated_at"]!, Is.EqualTo(TimeSpan.FromHours(1)));
            Assert.That(answer.Body, Does.Not.Contain("whsec_"));
        });
    }

    [Test]
    public async Task A_change_renames_it()
    {
        var answer = await Tenant.Raw.SendAsync("PATCH", "/v1/workspace", """{"name": "Zoë — 東京"}""");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(Fields.Workspace));
        Assert.That((await Tenant.Client.GetWorkspaceAsync()).Name, Is.EqualTo("Zoë — 東京"));
    }

    [Test]
    public async Task A_name_of_one_space_is_one_character()
    {
        var answer = await Tenant.Raw.SendAsync("PATCH", "/v1/workspace", """{"name": " "}""");

        Assert.That((answer.Status, (string?)answer.Json["name"]), Is.EqualTo((200, " ")), answer.Body);
    }

    [Test]
    public async Task Usage_counts_what_was_rendered_once_and_each_address_of_a_download()
    {
        var job = await Tenant.Client.CreateRenderAsync(new() { Width = 64, Height = 32, Duration = 3, FrameRate = 10 });
        var still = await Tenant.Client.CreateRenderAsync(new() { Width = 64, Height = 32, OutputFormat = OutputFormat.Png });
        foreach (var id in new[] { job.Id, still.Id })
            await Eventually.HoldsAsync(async () => (job = await Tenant.Client.GetRenderAsync(id, wait: 5)).Status == JobStatus.Completed);
        var size = job.Output!.SizeBytes;
        var before = await Tenant.Client.GetUsageAsync();
        for (var i = 0; i < 2; i++)
            await Tenant.Raw.GetAsync($"/v1/renders/{still.Id}/download");
        var month = await Tenant.Client.GetUsageAsync();
        var week = await Tenant.Client.GetUsageAsync(UsagePeriod.Week);
        using var other = await Host.AddWorkspaceAsync();
        var theirs = await other.Client.GetUsageAsync();

        Assert.Multiple(() =>
        {
            Assert.That((before.RenderMinutes, before.TaskCount, before.EgressBytes), Is.EqualTo((0.05, 0L, 0L)));
            Assert.That((month.RenderMinutes, month.EgressBytes), Is.EqualTo((0.05, 2 * size)));
            Assert.That((week.RenderMinutes, week.EgressBytes), Is.EqualTo((0.05, 2 * size)));
            Assert.That((month.PeriodStart.Day, month.PeriodStart.TimeOfDay, month.PeriodEnd), Is.EqualTo((1, TimeSpan.Zero, month.PeriodStart.AddMonths(1))));
            Assert.That(week.PeriodEnd - week.PeriodStart, Is.EqualTo(TimeSpan.FromDays(7)));
            Assert.That((theirs.RenderMinutes, theirs.EgressBytes), Is.EqualTo((0.0, 0L)));
        });
    }

    [TestCase("1d")]
    [TestCase("week")]
    [TestCase("")]
    public async Task A_period_of_usage_is_7_30_or_90_days(string period)
    {
        var answer = await Tenant.Raw.GetAsync($"/v1/workspace/usage?period={period}");
        Assert.That((answer.Status, answer.Faults.Single()), Is.EqualTo((422, "query/period enum")));
        Assert.That(answer.Body, Does.Contain("7d").And.Contain("30d").And.Contain("90d"));
    }

    [Test]
    public async Task Ending_a_grace_answers_nothing_and_can_be_repeated()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Tenant.Client.RotateSecretAsync(webhook.Id, request: new() { GracePeriodSeconds = 3600 });

        var first = await Tenant.Raw.SendAsync("DELETE", "/v1/workspace/previous-secret");
        var second = await Tenant.Raw.SendAsync("DELETE", "/v1/workspace/previous-secret");

        Assert.That((first.Status, first.Body, second.Status, second.Body), Is.EqualTo((204, "", 204, "")));
        Assert.That((await Tenant.Client.GetWorkspaceAsync()).SigningSecret.PreviousExpiresAt, Is.Null);
    }

    [Test]
    public async Task Every_change_is_in_the_audit_log_once_newest_first_and_without_secrets()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Tenant.Client.UpdateWebhookAsync(webhook.Id, new() { Description = "x" });
        await Tenant.Client.RotateSecretAsync(webhook.Id, request: new() { GracePeriodSeconds = 60 });
        await Tenant.Client.DeletePreviousSecretAsync();
        await Tenant.Client.DeletePreviousSecretAsync();
        await Tenant.Client.UpdateWorkspaceAsync(new() { Name = "Renamed" });
        var key = await Tenant.Client.CreateApiKeyAsync(new() { Name = "CI" });
        await Tenant.Client.RevokeApiKeyAsync(key.Id);
        await Tenant.Client.RevokeApiKeyAsync(key.Id);
        await Tenant.Client.DeleteWebhookAsync(webhook.Id);
        var own = (await Tenant.Client.ListApiKeysAsync()).Data.Single(listed => listed.Id != key.Id);

        var answer = await Tenant.Raw.GetAsync("/v1/workspace/audit-log");

        var rows = answer.Json["data"]!.AsArray();
        (string?, string?)[] expected =
        [
            ("webhook.deleted", webhook.Id), ("api_key.revoked", key.Id), ("api_key.created", key.Id), ("workspace.updated", Tenant.Id.Value),
            ("signing_secret.previous_dropped", Tenant.Id.Value), ("signing_secret.rotated", webhook.Id), ("webhook.updated", webhook.Id),
            ("webhook.created", webhook.Id),
        ];
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(Fields.Page));
            Assert.That(rows.Select(row => ((string?)row!["action"], (string?)row["target_id"])), Is.EqualTo(expected));
            Assert.That(rows.Select(Fields.Of), Has.All.EquivalentTo(Fields.AuditEntry));
            Assert.That(rows.Select(row => (string?)row!["api_key_id"]), Has.All.EqualTo(own.Id));
            Assert.That(rows.Select(row => (string?)row!["address"]), Has.All.EqualTo("127.0.0.1"));
            Assert.That(answer.Body, Does.Not.Contain("whsec_").And.Not.Contain("fl_live_"));
        });
    }

    [Test]
    public async Task A_webhook_that_its_receiver_ended_is_disabled_by_the_system()
    {
        Receiver.AnswerWith(410);
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(Tenant, "render.completed");

        WebhookResponse? read = null;
        await Eventually.HoldsAsync(async () => !(read = await Tenant.Client.GetWebhookAsync(webhook.Id)).Enabled);
        var entry = (await Tenant.Client.ListAuditLogAsync(limit: 1)).Data.Single();

        Assert.That(read!.DisabledReason, Is.EqualTo("gone"));
        Assert.That((entry.Action, entry.TargetId, entry.ApiKeyId, entry.Address), Is.EqualTo(("webhook.disabled", webhook.Id, (string?)null, (string?)null)));
    }
}

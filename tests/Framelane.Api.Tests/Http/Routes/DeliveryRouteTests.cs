using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

public sealed class DeliveryRouteTests : SharedHostTests
{
    [Test]
    public async Task A_delivery_carries_all_that_the_contract_names_and_verifies_by_both_schemes()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(new(
            Tenant.Id, "render.completed", "render_7", 3, new { id = "render_7", kind = "render" }, new Dictionary<string, string> { ["order"] = "17" }, null));

        var delivered = await Receiver.NextAsync();
        var attempt = await SucceededAsync(webhook.Id);

        Assert.Multiple(() =>
        {
            Assert.That(delivered.IsSignedWith(webhook.Secret), Is.True);
            Assert.That(StandardWebhookSignature.TryVerify(delivered.Body, delivered.Headers["webhook-id"], delivered.Headers["webhook-timestamp"], delivered.Headers["webhook-signature"], webhook.Secret, out _), Is.True);
            Assert.That(delivered.Headers["Content-Type"], Is.EqualTo("application/json"));
            Assert.That(delivered.Headers["User-Agent"], Does.Match(@"^Framelane-Webhooks/\d+\.\d+\.\d+$"));
            Assert.That(delivered.Headers["Framelane-Event"], Is.EqualTo("render.completed"));
            Assert.That(delivered.Headers["Framelane-Attempt"], Is.EqualTo("1"));
            Assert.That(delivered.Headers["Framelane-Delivery"], Is.EqualTo(attempt.DeliveryId));
            Assert.That(delivered.Headers["webhook-id"], Is.EqualTo(delivered.Event.Id).And.StartWith("evt_"));
            Assert.That(delivered.Event.Type, Is.EqualTo("render.completed"));
            Assert.That(delivered.Event.WorkspaceId, Is.EqualTo(Tenant.Id.Value));
            Assert.That(delivered.Event.Sequence, Is.EqualTo(3));
            Assert.That(delivered.Event.Data.GetProperty("id").GetString(), Is.EqualTo("render_7"));
            Assert.That(delivered.Event.Metadata["order"], Is.EqualTo("17"));
        });
    }

    [Test]
    public async Task Attempts_are_listed_as_published_and_by_each_filter()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        Receiver.AnswerWith(202, "thanks");
        await Host.AppendAsync(Tenant, "render.completed", "render_1");
        await Host.AppendAsync(Tenant, "task.failed", "task_1");
        await Eventually.HoldsAsync(async () => (await ListAsync(webhook.Id, "?status=succeeded")).Count == 2);

        var answer = await Tenant.Raw.GetAsync($"/v1/webhooks/{webhook.Id}/deliveries?job_id=render_1");
        var row = answer.Json["data"]!.AsArray().Single()!;

        Assert.Multiple(() =>
        {
            Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(Fields.Page));
            Assert.That(Fields.Of(row), Is.EquivalentTo(Fields.Attempt));
            Assert.That((string?)row["id"], Does.StartWith("att_"));
            Assert.That((string?)row["delivery_id"], Does.StartWith("dlv_"));
            Assert.That((string?)row["webhook_id"], Is.EqualTo(webhook.Id));
            Assert.That((string?)row["status"], Is.EqualTo("succeeded"));
            Assert.That((int)row["status_code"]!, Is.EqualTo(202));
            Assert.That((string?)row["response_body"], Is.EqualTo("thanks"));
            Assert.That((int)row["attempt_number"]!, Is.EqualTo(1));
            Assert.That(row["next_retry_at"], Is.Null);
            Assert.That((string?)row["attempted_at"], Does.EndWith("Z"));
            Assert.That(async () => await ListAsync(webhook.Id, "?event_type=task.failed"), Is.EqualTo(new[] { "task.failed" }));
            Assert.That(async () => await ListAsync(webhook.Id, "?status=pending"), Is.Empty);
            Assert.That(async () => await ListAsync(webhook.Id, ""), Is.EqualTo(new[] { "task.failed", "render.completed" }));
            Assert.That(async () => (await Tenant.Client.GetWebhookAsync(webhook.Id)).LastDeliveryAt, Is.Not.Null);
        });
    }

    [Test]
    public async Task What_goes_to_the_url_of_a_job_goes_there_alone_and_is_listed_for_the_workspace()
    {
        await using var own = await Receiver.StartAsync();
        var webhook = await Tenant.CreateWebhookAsync(own.Url);
        await Host.AppendAsync(Tenant, "render.completed", webhookUrl: Receiver.Url.AbsoluteUri);

        var delivered = await Receiver.NextAsync();
        await Eventually.HoldsAsync(async () => (await Tenant.Client.ListDeliveriesAsync(status: AttemptStatus.Succeeded)).Data.Count == 1);
        var attempt = (await Tenant.Client.ListDeliveriesAsync()).Data.Single();

        Assert.Multiple(() =>
        {
            Assert.That(delivered.IsSignedWith(Tenant.FirstSecret), Is.True);
            Assert.That(attempt.WebhookId, Is.Null);
            Assert.That(own.Deliveries, Is.Empty);
            Assert.That(async () => (await Tenant.Client.ListDeliveriesAsync(webhookId: webhook.Id)).Data, Is.Empty);
            Assert.That(async () => (await Tenant.Client.ListWebhookDeliveriesAsync(webhook.Id)).Data, Is.Empty);
        });
    }

    [Test]
    public async Task A_failed_attempt_names_its_answer_and_the_next_one()
    {
        Receiver.AnswerWith(500, new string('x', 5000));
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(Tenant, "render.completed");
        await Eventually.HoldsAsync(async () => (await ListAsync(webhook.Id, "?status=failed")).Count == 1);

        var rows = (await Tenant.Client.ListWebhookDeliveriesAsync(webhook.Id)).Data;

        var failed = rows.Single(row => row.Status == AttemptStatus.Failed);
        var next = rows.Single(row => row.Status == AttemptStatus.Pending);
        Assert.Multiple(() =>
        {
            Assert.That(failed.StatusCode, Is.EqualTo(500));
            Assert.That(failed.ResponseBody, Is.EqualTo(new string('x', 4096)));
            Assert.That(failed.NextRetryAt - failed.AttemptedAt, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(5)).And.LessThan(TimeSpan.FromSeconds(15)));
            Assert.That(next.AttemptNumber, Is.EqualTo(2));
            Assert.That(next.AttemptedAt, Is.Null);
            Assert.That(next.DeliveryId, Is.EqualTo(failed.DeliveryId));
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_redelivery_sends_the_same_bytes_again(bool byWebhook)
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(Tenant, "render.completed");
        var attempt = await SucceededAsync(webhook.Id);

        var answer = await Tenant.Raw.PostAsync(byWebhook
            ? $"/v1/webhooks/{webhook.Id}/deliveries/{attempt.DeliveryId}/redeliver"
            : $"/v1/deliveries/{attempt.DeliveryId}/redeliver");
        var again = await Receiver.NextAsync(2);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(202));
            Assert.That(answer.Body, Is.EqualTo($$"""{"delivery_id":"{{attempt.DeliveryId}}","status":"pending"}"""));
            Assert.That(again.Body, Is.EqualTo(Receiver.Deliveries[0].Body));
            Assert.That(again.Headers["Framelane-Attempt"], Is.EqualTo("2"));
            Assert.That(again.Headers["webhook-id"], Is.EqualTo(Receiver.Deliveries[0].Headers["webhook-id"]));
        });
    }

    [Test]
    public async Task A_redelivery_goes_to_the_url_of_today()
    {
        await using var moved = await Receiver.StartAsync();
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(Tenant, "render.completed");
        var attempt = await SucceededAsync(webhook.Id);

        await Tenant.Client.UpdateWebhookAsync(webhook.Id, new() { Url = moved.Url });
        await Tenant.Client.RedeliverWebhookDeliveryAsync(webhook.Id, attempt.DeliveryId);

        Assert.That((await moved.NextAsync()).Headers["Framelane-Delivery"], Is.EqualTo(attempt.DeliveryId));
        Assert.That(Receiver.Deliveries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_delivery_is_redelivered_by_its_own_webhook_alone_and_while_that_is_enabled()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(Tenant, "render.completed");
        var attempt = await SucceededAsync(webhook.Id);
        var other = await Tenant.Client.CreateWebhookAsync(new() { Url = Receiver.Url, Enabled = false });

        var wrong = await Tenant.Raw.PostAsync($"/v1/webhooks/{other.Id}/deliveries/{attempt.DeliveryId}/redeliver");
        await Tenant.Client.UpdateWebhookAsync(webhook.Id, new() { Enabled = false });
        var disabled = await Tenant.Raw.PostAsync($"/v1/deliveries/{attempt.DeliveryId}/redeliver");

        Assert.That((wrong.Status, wrong.Code, wrong.Message), Is.EqualTo((404, "not_found", "Delivery not found.")));
        Assert.That((disabled.Status, disabled.Code), Is.EqualTo((409, "conflict")));
    }

    [Test]
    public async Task Recovery_sends_what_a_disabled_webhook_missed()
    {
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);
        var webhook = await Tenant.Client.CreateWebhookAsync(new() { Url = Receiver.Url, Enabled = false });
        await Host.AppendAsync(Tenant, "render.completed");
        var missed = (await Tenant.Client.ListWebhookDeliveriesAsync(webhook.Id)).Data.Single();
        var refused = await Tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/recover", $$"""{"since": "{{before:O}}"}""");

        await Tenant.Client.UpdateWebhookAsync(webhook.Id, new() { Enabled = true });
        var late = await Tenant.Client.RecoverWebhookAsync(webhook.Id, new() { Since = DateTimeOffset.UtcNow.AddMinutes(1) });
        var answer = await Tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/recover", $$"""{"since": "{{before:O}}"}""");

        Assert.Multiple(() =>
        {
            Assert.That((missed.Status, missed.FailureReason, missed.AttemptedAt), Is.EqualTo((AttemptStatus.DeadLettered, "endpoint_disabled", (DateTimeOffset?)null)));
            Assert.That((refused.Status, refused.Code), Is.EqualTo((409, "conflict")));
            Assert.That(late.Count, Is.Zero);
            Assert.That(answer.ToString(), Is.EqualTo("""202 {"count":1}"""));
            Assert.That(async () => (await Receiver.NextAsync()).Headers["Framelane-Delivery"], Is.EqualTo(missed.DeliveryId));
        });
    }

    async Task<AttemptResponse> SucceededAsync(string webhookId)
    {
        IReadOnlyList<AttemptResponse> rows = [];
        await Eventually.HoldsAsync(async () =>
            (rows = (await Tenant.Client.ListWebhookDeliveriesAsync(webhookId, AttemptStatus.Succeeded)).Data).Count == 1);
        return rows[0];
    }

    async Task<IReadOnlyList<string>> ListAsync(string webhookId, string query) =>
        [.. (await Tenant.Raw.GetAsync($"/v1/webhooks/{webhookId}/deliveries{query}")).Json["data"]!.AsArray().Select(row => (string)row!["event_type"]!)];
}

using Framelane.Application.Abstractions;
using Framelane.Client;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Api.Tests.Http.Telemetry;

/// <summary>Each metric, under the name by which dashboards and alerts know it, moves when what it measures does.</summary>
public sealed class MetricsTests
{
    ApiHost host = null!;

    Tenant tenant = null!;

    Receiver receiver = null!;

    [TearDown]
    public async Task StopAsync()
    {
        await receiver.DisposeAsync();
        tenant.Dispose();
        await host.DisposeAsync();
    }

    [Test]
    public async Task Every_counter_is_there_before_its_first_event([Values("api", "worker", "dispatcher")] string role)
    {
        await StartAsync(("Framelane:Roles", role));

        var metrics = await Scrape.OfAsync(host);

        Assert.Multiple(() =>
        {
            foreach (var outcome in (string[])["succeeded", "failed", "dead_lettered"])
                Assert.That(metrics.Has("framelane_deliveries_total", $"outcome=\"{outcome}\""), outcome);
            foreach (var key in (string[])["current", "previous"])
                Assert.That(metrics.Has("framelane_signatures_total", $"key=\"{key}\""), key);
            foreach (var reason in (string[])["disabled_by_owner", "gone", "failing"])
                Assert.That(metrics.Has("framelane_endpoints_disabled_total", $"reason=\"{reason}\""), reason);
            foreach (var outcome in (string[])["hit", "miss"])
                Assert.That(metrics.Has("framelane_render_cache_total", $"outcome=\"{outcome}\""), outcome);
            foreach (var outcome in (string[])["told", "failed", "given_up"])
                Assert.That(metrics.Has("framelane_minutes_reports_total", $"outcome=\"{outcome}\""), outcome);
            foreach (var counter in (string[])["rekeys", "barrier_refusals", "leases_lost", "minutes_reported"])
                Assert.That(metrics.Has($"framelane_{counter}_total"), counter);
        });
    }

    [Test]
    public async Task Renders_that_were_there_already()
    {
        await StartAsync();
        const string scene = """{"output_format": "png", "width": 64, "height": 32, "background_color": "#ff0000"}""";
        var sizes = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            var id = (string)(await tenant.Raw.PostAsync("/v1/renders", scene)).Json["id"]!;
            await Eventually.HoldsAsync(async () => (await tenant.Client.GetRenderAsync(id, wait: 5)).Status == JobStatus.Completed);
            await using var file = new MemoryStream();
            await tenant.Client.DownloadRenderAsync(id, file);
            sizes.Add(file.Length);
        }

        var metrics = await Scrape.UntilAsync(host, 2, "framelane_render_cache_total", "outcome=\"hit\"");

        Assert.That(metrics.Of("framelane_render_cache_total", "outcome=\"miss\""), Is.EqualTo(1));
        Assert.That(sizes.Distinct(), Has.One.GreaterThan(0));
    }

    [Test]
    public async Task Deliveries_by_outcome()
    {
        await StartAsync();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);
        await tenant.Client.TestWebhookAsync(webhook.Id);
        receiver.AnswerWith(500);
        await tenant.Client.TestWebhookAsync(webhook.Id);
        await host.AppendAsync(tenant, "render.completed");

        var metrics = await Scrape.UntilAsync(host, 1, "framelane_deliveries_total", "outcome=\"failed\"");

        Assert.That(metrics.Of("framelane_deliveries_total", "outcome=\"succeeded\""), Is.EqualTo(1));
        Assert.That(metrics.Of("framelane_deliveries_total", "outcome=\"dead_lettered\""), Is.EqualTo(1));
    }

    [Test]
    public async Task How_long_an_attempt_takes()
    {
        await StartAsync();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);
        receiver.Answer = (_, _) => Task.Delay(TimeSpan.FromMilliseconds(60));
        await tenant.Client.TestWebhookAsync(webhook.Id);

        var metrics = await Scrape.UntilAsync(host, 1, "framelane_attempt_duration_seconds_count");

        Assert.That(metrics.Of("framelane_attempt_duration_seconds_sum"), Is.InRange(0.05, 10));
    }

    [Test]
    public async Task How_long_an_event_waits_for_its_first_attempt()
    {
        await StartAsync(("Framelane:Webhooks:RetrySchedule:0", "00:00:00"), ("Framelane:Webhooks:RetrySchedule:1", "00:00:00.050"));
        await tenant.CreateWebhookAsync(receiver.Url);
        receiver.AnswerWith(500);
        await host.AppendAsync(tenant, "render.completed");
        await receiver.NextAsync(2);

        var metrics = await Scrape.UntilAsync(host, 2, "framelane_attempt_duration_seconds_count");

        Assert.That(metrics.Of("framelane_delivery_lag_seconds_count"), Is.EqualTo(1), "Of two attempts one was the first.");
        Assert.That(metrics.Of("framelane_delivery_lag_seconds_sum"), Is.GreaterThan(0));
    }

    [Test]
    public async Task How_old_and_deep_each_queue_is()
    {
        await StartAsync(("Framelane:Roles", "api"));
        var before = await Scrape.UntilAsync(host, 0, "framelane_queue_depth", "kind=\"delivery\"");
        await Eventually.HoldsAsync(async () => (before = await Scrape.OfAsync(host)).Has("framelane_queue_age_seconds"));
        await tenant.CreateWebhookAsync(receiver.Url);
        await host.AppendAsync(tenant, "render.completed");
        await host.AppendAsync(tenant, "render.failed");
        await MailAsync();
        await host.Services.GetRequiredService<QueueMetrics>().LookAsync(CancellationToken.None);

        var metrics = await Scrape.UntilAsync(host, 2, "framelane_queue_depth", "kind=\"delivery\"");

        Assert.Multiple(() =>
        {
            Assert.That(before.Of("framelane_queue_age_seconds"), Is.Zero);
            Assert.That(metrics.Of("framelane_queue_depth", "kind=\"mail\""), Is.EqualTo(1));
            Assert.That(metrics.Of("framelane_queue_age_seconds", "kind=\"delivery\""), Is.GreaterThan(0));
            Assert.That(metrics.Of("framelane_queue_age_seconds", "kind=\"mail\""), Is.GreaterThan(0));
        });
    }

    [Test]
    public async Task How_old_the_permits_of_attempts_are()
    {
        await StartAsync();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);
        await tenant.Client.TestWebhookAsync(webhook.Id);

        var metrics = await Scrape.UntilAsync(host, 1, "framelane_permit_age_seconds_count");

        Assert.That(metrics.Of("framelane_permit_age_seconds_bucket", "le=\"0.1\""), Is.EqualTo(1), "No permit is used after its lifetime.");
        Assert.That(metrics.Of("framelane_permit_age_seconds_sum"), Is.GreaterThan(0));
    }

    [Test]
    public async Task Rekeys_signatures_and_the_barrier_of_a_rotation()
    {
        await StartAsync();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);
        await tenant.Client.TestWebhookAsync(webhook.Id);
        var before = await Scrape.UntilAsync(host, 1, "framelane_signatures_total", "key=\"current\"");
        await tenant.Client.RotateSecretAsync(webhook.Id, "rotate", new() { GracePeriodSeconds = 600 });
        await tenant.Client.TestWebhookAsync(webhook.Id);

        var metrics = await Scrape.UntilAsync(host, 2, "framelane_signatures_total", "key=\"current\"");

        Assert.Multiple(() =>
        {
            Assert.That(before.Of("framelane_rekeys_total"), Is.Zero);
            Assert.That(metrics.Of("framelane_rekeys_total"), Is.EqualTo(1));
            Assert.That(before.Of("framelane_signatures_total", "key=\"previous\""), Is.Zero);
            Assert.That(metrics.Of("framelane_signatures_total", "key=\"previous\""), Is.EqualTo(1));
            Assert.That(metrics.Of("framelane_barrier_duration_seconds_count"), Is.EqualTo(before.Of("framelane_barrier_duration_seconds_count") + 1));
            Assert.That(metrics.Of("framelane_barrier_duration_seconds_sum"), Is.GreaterThan(before.Of("framelane_barrier_duration_seconds_sum")));
        });
    }

    [Test]
    public async Task Leases_lost()
    {
        await StartAsync();
        await tenant.CreateWebhookAsync(receiver.Url);
        receiver.Answer = (_, before) => before > 0 ? Task.CompletedTask : host.Data.Database.ExecuteAsync("UPDATE deliveries SET fence = fence + 1");
        await host.AppendAsync(tenant, "render.completed");

        var metrics = await Scrape.UntilAsync(host, 1, "framelane_leases_lost_total");

        Assert.That(metrics.Of("framelane_deliveries_total"), Is.Zero, "Nothing was recorded.");
    }

    [Test]
    public async Task Endpoints_disabled_by_reason()
    {
        await StartAsync(("Framelane:Webhooks:DisableAfter", "00:00:00.000001"));
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);
        await tenant.Client.UpdateWebhookAsync(webhook.Id, new() { Enabled = false });
        await tenant.Client.UpdateWebhookAsync(webhook.Id, new() { Enabled = true });
        receiver.Answer = (context, before) =>
        {
            context.Response.StatusCode = before == 0 ? 410 : 500;
            return Task.CompletedTask;
        };
        await host.AppendAsync(tenant, "render.completed");
        await Scrape.UntilAsync(host, 1, "framelane_endpoints_disabled_total", "reason=\"gone\"");
        await tenant.CreateWebhookAsync(receiver.Url);
        await host.AppendAsync(tenant, "render.completed", "render_2");
        await Eventually.HoldsAsync(() => receiver.Deliveries.Count >= 2);
        await host.AppendAsync(tenant, "render.completed", "render_3");

        var metrics = await Scrape.UntilAsync(host, 1, "framelane_endpoints_disabled_total", "reason=\"failing\"");

        Assert.That(metrics.Of("framelane_endpoints_disabled_total", "reason=\"disabled_by_owner\""), Is.EqualTo(1));
        Assert.That(metrics.Of("framelane_endpoints_disabled_total"), Is.EqualTo(3));
    }

    [Test]
    public async Task Which_dependencies_are_up()
    {
        var isUp = true;
        await StartAsync(services => services
            .Configure<HealthCheckPublisherOptions>(publisher => publisher.Period = TimeSpan.FromSeconds(1))
            .AddHealthChecks().AddCheck("redis", () => isUp ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded()));
        foreach (var dependency in (string[])["database", "node", "dispatcher", "media_tools", "redis"])
            await Scrape.UntilAsync(host, 1, "framelane_dependency_up", $"dependency=\"{dependency}\"");
        isUp = false;

        await Eventually.HoldsAsync(async () => (await Scrape.OfAsync(host)).Of("framelane_dependency_up", "dependency=\"redis\"") == 0.5);

        Assert.That((await Scrape.OfAsync(host)).Of("framelane_dependency_up"), Is.EqualTo(6.5));
    }

    [Test]
    public async Task Requests_and_the_runtime_but_no_scrapes()
    {
        await StartAsync();
        await tenant.Raw.GetAsync("/v1/webhooks");
        await Scrape.OfAsync(host);

        var metrics = await Scrape.UntilAsync(host, 1, "http_server_request_duration_seconds_count", "http_route=\"v1/webhooks\"");

        Assert.That(metrics.Of("http_server_request_duration_seconds_count"), Is.EqualTo(1));
        Assert.That(metrics.Of("dotnet_process_cpu_time_seconds_total"), Is.GreaterThan(0));
    }

    [Test]
    public async Task Labels_name_no_workspace_no_url_and_no_id()
    {
        await StartAsync();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);
        await tenant.Client.TestWebhookAsync(webhook.Id);
        await tenant.Client.UpdateWebhookAsync(webhook.Id, new() { Enabled = false });
        await tenant.Raw.GetAsync($"/v1/webhooks/{webhook.Id}?limit=7");

        var metrics = await Scrape.UntilAsync(host, 1, "framelane_deliveries_total");

        Assert.That(metrics.Text, Does.Not.Contain(tenant.Id.Value).And.Not.Contain(webhook.Id).And.Not.Contain("limit=7").And.Not.Contain(tenant.Key));
        Assert.That(metrics.Text, Does.Not.Contain(receiver.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) + "/"));
        Assert.That(
            metrics.Labels.Where(label => !label.StartsWith("otel_", StringComparison.Ordinal)),
            Is.SubsetOf(new[]
            {
                "outcome", "key", "kind", "reason", "dependency", "le", "http_request_method", "http_response_status_code", "http_route", "network_protocol_version",
                "url_scheme", "error_type", "gc_heap_generation", "dotnet_gc_heap_generation", "cpu_mode", "service_name", "service_instance_id", "telemetry_sdk_language",
                "telemetry_sdk_name", "telemetry_sdk_version",
            }));
    }

    Task StartAsync(params (string Key, string? Value)[] settings) => StartAsync(_ => { }, settings);

    async Task StartAsync(Action<IServiceCollection> change, params (string Key, string? Value)[] settings)
    {
        receiver = await Receiver.StartAsync();
        host = await ApiHost.StartAsync(change, [("Framelane:Metrics:Url", "http://127.0.0.1:0"), .. settings]);
        tenant = await host.AddWorkspaceAsync();
    }

    async Task MailAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<bool>(
            _ =>
            {
                scope.ServiceProvider.GetRequiredService<IMailOutbox>().Add(new("owner@example.com", "Subject", "Body"));
                return Task.FromResult<Result<bool>>(true);
            },
            CancellationToken.None);
    }
}

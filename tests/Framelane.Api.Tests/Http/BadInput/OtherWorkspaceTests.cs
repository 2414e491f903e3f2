using System.Collections.Concurrent;
using Framelane.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Http.BadInput;

/// <summary>What belongs to another workspace is, in every respect, not there.</summary>
public sealed class OtherWorkspaceTests
{
    static readonly Statements Sql = new();

    static ApiHost host = null!;

    static Receiver receiver = null!;

    static Tenant theirs = null!;

    static Tenant tenant = null!;

    static WebhookCreatedResponse own = null!;

    static WebhookCreatedResponse webhook = null!;

    /// <summary>What of theirs a route may name, by the name of its parameter.</summary>
    static Dictionary<string, string> ids = [];

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        host = await ApiHost.StartAsync(
            services => services.AddSingleton<ILoggerProvider>(Sql),
            ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Information"));
        receiver = await Receiver.StartAsync();
        theirs = await host.AddWorkspaceAsync();
        tenant = await host.AddWorkspaceAsync();
        var import = await FailedAsync("/v1/imports", """{"url": "http://127.0.0.1:1/"}""");
        var source = (await Uploading.BeginAsync(tenant, host.Nobody, "image/png")).SourceUrl;
        var render = await FailedAsync("/v1/renders", $$"""{"output_format": "png", "elements": [{"type": "image", "id": "a", "duration": 1, "source_url": "{{source}}"}]}""", "?wait=5");
        own = await tenant.CreateWebhookAsync(receiver.Url);
        webhook = await theirs.CreateWebhookAsync(receiver.Url);
        ids = new()
        {
            ["webhook_id"] = webhook.Id,
            ["delivery_id"] = (await theirs.Client.TestWebhookAsync(webhook.Id)).DeliveryId,
            ["key_id"] = (await theirs.Client.ListApiKeysAsync()).Data.Single().Id,
            ["import_id"] = import,
            ["render_id"] = render,
            ["asset_id"] = (await ReadyAsset.AddAsync(host, theirs, [1, 2, 3])).Id.Value,
        };
    }

    /// <summary>One that has failed already, for nothing may change while tests look.</summary>
    static async Task<string> FailedAsync(string path, string body, string query = "")
    {
        var answer = await theirs.Raw.PostAsync(path, body);
        Assert.That(answer.Status, Is.EqualTo(202), answer.Body);
        var id = (string)answer.Json["id"]!;
        await Eventually.HoldsAsync(async () => (string?)(answer = await theirs.Raw.GetAsync($"{path}/{id}{query}")).Json["status"] == "failed", () => $"It did not fail: {answer.Body}");
        return id;
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        theirs.Dispose();
        tenant.Dispose();
        await host.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [TestCase("GET", "/v1/webhooks/{webhook_id}", "Webhook not found.")]
    [TestCase("PATCH", "/v1/webhooks/{webhook_id}", "Webhook not found.", """{"enabled": false}""")]
    [TestCase("DELETE", "/v1/webhooks/{webhook_id}", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/rotate-secret", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/rotate-secret", "Webhook not found.", """{"grace_period_seconds": 60}""")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/test", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/recover", "Webhook not found.", """{"since": "2020-01-01T00:00:00Z"}""")]
    [TestCase("GET", "/v1/webhooks/{webhook_id}/deliveries", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{own}/deliveries/{delivery_id}/redeliver", "Delivery not found.")]
    [TestCase("POST", "/v1/deliveries/{delivery_id}/redeliver", "Delivery not found.")]
    [TestCase("GET", "/v1/deliveries?webhook_id={webhook_id}", "Webhook not found.")]
    [TestCase("GET", "/v1/imports/{import_id}", "Import not found.")]
    [TestCase("GET", "/v1/renders/{render_id}", "Render not found.")]
    [TestCase("DELETE", "/v1/renders/{render_id}", "Render not found.")]
    [TestCase("GET", "/v1/renders/{render_id}/download", "Render not found.")]
    [TestCase("DELETE", "/v1/workspace/assets/{asset_id}", "Asset not found.")]
    [TestCase("GET", "/files/{workspace_id}/{file}", "File not found.")]
    [TestCase("DELETE", "/v1/api-keys/{key_id}", "API key not found.")]
    public async Task It_is_answered_as_what_is_unknown_by_the_same_path(string method, string path, string message, string? body = null)
    {
        var before = await host.Data.Database.SnapshotAsync();

        var (another, anothersSql) = await SendAsync(method, path, body, id => id);
        var (unknown, unknownSql) = await SendAsync(method, path, body, id => id[..^1] + (id[^1] == '0' ? '1' : '0'));
        var nonsense = new List<Answer>();
        foreach (var text in new[] { "nonsense", "%2e%2e%2fx", new string('x', 300), "import_x", "render_x" })
            nonsense.Add((await SendAsync(method, path, body, _ => text)).Answer);

        Assert.Multiple(() =>
        {
            Assert.That((another.Status, another.Code, another.Message), Is.EqualTo((404, "not_found", message)));
            Assert.That(another.Bytes, Is.EqualTo(unknown.Bytes));
            Assert.That(nonsense.Select(answer => answer.Body), Has.All.EqualTo(unknown.Body));
            Assert.That(another.Headers.Keys, Is.EquivalentTo(unknown.Headers.Keys));
            Assert.That(anothersSql, Is.EqualTo(unknownSql).And.Not.Empty);
            Assert.That(async () => await host.Data.Database.SnapshotAsync(), Is.EqualTo(before));
            Assert.That(receiver.Deliveries, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void Every_route_that_names_something_is_among_them()
    {
        var cases = GetType().GetMethod(nameof(It_is_answered_as_what_is_unknown_by_the_same_path))!.GetCustomAttributes(inherit: false).OfType<TestCaseAttribute>();
        var tried = cases.Select(each => $"{each.Arguments[0]} {each.Arguments[1]}".Replace("{own}", "{webhook_id}", StringComparison.Ordinal)).Where(route => !route.Contains('?')).Distinct();
        var named = host.Routes().Where(route => route.Pattern.Parameters.Count > 0).Select(route => $"{route.Method} /{route.Pattern.RawText}");
        Assert.That(tried, Is.EquivalentTo(named));
    }

    [Test]
    public async Task Lists_hold_ones_own_alone()
    {
        var webhooks = await tenant.Raw.GetAsync("/v1/webhooks");
        string[] bodies =
        [
            webhooks.Body, (await tenant.Raw.GetAsync("/v1/deliveries")).Body, (await tenant.Raw.GetAsync("/v1/api-keys")).Body,
            (await tenant.Raw.GetAsync("/v1/workspace/audit-log")).Body, (await tenant.Raw.GetAsync("/v1/workspace")).Body,
        ];

        Assert.That(bodies, Has.All.Not.Contains(webhook.Id).And.All.Not.Contains(theirs.Id.Value).And.All.Not.Contains(ids["key_id"]));
        Assert.That(webhooks.Body, Does.Contain(own.Id));
    }

    /// <param name="change">What stands in place of an id of theirs.</param>
    static async Task<(Answer Answer, string[] Sql)> SendAsync(string method, string path, string? body, Func<string, string> change)
    {
        Sql.Clear();
        path = path.Replace("{own}", own.Id, StringComparison.Ordinal)
            .Replace("{workspace_id}", tenant.Id.Value, StringComparison.Ordinal)
            .Replace("{file}", "{asset_id}.mp4", StringComparison.Ordinal);
        var answer = await tenant.Raw.SendAsync(
            method, ids.Aggregate(path, (to, id) => to.Replace($"{{{id.Key}}}", change(id.Value), StringComparison.Ordinal)), body);
        return (answer, Sql.OfRequest(answer.Header("X-Request-Id")!));
    }

    /// <summary>The statements of each request, in their order.</summary>
    sealed class Statements : ILoggerProvider, ILogger, ISupportExternalScope
    {
        readonly ConcurrentQueue<(string? TraceId, string Statement)> executed = new();

        public void Clear() => executed.Clear();

        public string[] OfRequest(string traceId) => [.. executed.Where(entry => entry.TraceId == traceId).Select(entry => entry.Statement)];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values && values.FirstOrDefault(value => value.Key == "commandText").Value is string sql)
                executed.Enqueue((System.Diagnostics.Activity.Current?.TraceId.ToHexString(), sql));
        }

        public void Dispose()
        {
        }
    }
}

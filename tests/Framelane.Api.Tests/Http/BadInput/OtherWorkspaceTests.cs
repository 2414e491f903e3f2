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

    static AttemptResponse attempt = null!;

    static string keyId = "";

    static string importId = "";

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        host = await ApiHost.StartAsync(
            services => services.AddSingleton<ILoggerProvider>(Sql),
            ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Information"));
        receiver = await Receiver.StartAsync();
        theirs = await host.AddWorkspaceAsync();
        tenant = await host.AddWorkspaceAsync();
        own = await tenant.CreateWebhookAsync(receiver.Url);
        webhook = await theirs.CreateWebhookAsync(receiver.Url);
        attempt = await theirs.Client.TestWebhookAsync(webhook.Id);
        keyId = (await theirs.Client.ListApiKeysAsync()).Data.Single().Id;
        importId = await ImportAsync();
    }

    /// <summary>One that has failed already, for nothing may change while tests look.</summary>
    static async Task<string> ImportAsync()
    {
        var id = (string)(await theirs.Raw.PostAsync("/v1/imports", """{"url": "http://127.0.0.1:1/"}""")).Json["id"]!;
        await Eventually.HoldsAsync(async () => (string?)(await theirs.Raw.GetAsync($"/v1/imports/{id}")).Json["status"] == "failed");
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

    [TestCase("GET", "/v1/webhooks/{webhook}", "Webhook not found.")]
    [TestCase("PATCH", "/v1/webhooks/{webhook}", "Webhook not found.", """{"enabled": false}""")]
    [TestCase("DELETE", "/v1/webhooks/{webhook}", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{webhook}/rotate-secret", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{webhook}/rotate-secret", "Webhook not found.", """{"grace_period_seconds": 60}""")]
    [TestCase("POST", "/v1/webhooks/{webhook}/test", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{webhook}/recover", "Webhook not found.", """{"since": "2020-01-01T00:00:00Z"}""")]
    [TestCase("GET", "/v1/webhooks/{webhook}/deliveries", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{webhook}/deliveries/{delivery}/redeliver", "Webhook not found.")]
    [TestCase("POST", "/v1/webhooks/{own}/deliveries/{delivery}/redeliver", "Delivery not found.")]
    [TestCase("POST", "/v1/deliveries/{delivery}/redeliver", "Delivery not found.")]
    [TestCase("GET", "/v1/deliveries?webhook_id={webhook}", "Webhook not found.")]
    [TestCase("GET", "/v1/imports/{import}", "Import not found.")]
    [TestCase("DELETE", "/v1/api-keys/{key}", "API key not found.")]
    public async Task It_is_answered_as_what_is_unknown_by_the_same_path(string method, string path, string message, string? body = null)
    {
        var before = await host.Data.Database.SnapshotAsync();

        var (another, anothersSql) = await SendAsync(method, path, body, webhook.Id, attempt.DeliveryId, keyId, importId);
        var (unknown, unknownSql) = await SendAsync(method, path, body, Change(webhook.Id), Change(attempt.DeliveryId), Change(keyId), Change(importId));
        var (nonsense, _) = await SendAsync(method, path, body, "nonsense", "%2e%2e%2fx", new string('x', 300), "import_x");

        Assert.Multiple(() =>
        {
            Assert.That((another.Status, another.Code, another.Message), Is.EqualTo((404, "not_found", message)));
            Assert.That(another.Bytes, Is.EqualTo(unknown.Bytes));
            Assert.That(nonsense.Bytes, Is.EqualTo(unknown.Bytes));
            Assert.That(another.Headers.Keys, Is.EquivalentTo(unknown.Headers.Keys));
            Assert.That(anothersSql, Is.EqualTo(unknownSql).And.Not.Empty);
            Assert.That(async () => await host.Data.Database.SnapshotAsync(), Is.EqualTo(before));
            Assert.That(receiver.Deliveries, Has.Count.EqualTo(1));
        });
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

        Assert.That(bodies, Has.All.Not.Contains(webhook.Id).And.All.Not.Contains(theirs.Id.Value).And.All.Not.Contains(keyId));
        Assert.That(webhooks.Body, Does.Contain(own.Id));
    }

    static async Task<(Answer Answer, string[] Sql)> SendAsync(string method, string path, string? body, string webhookId, string deliveryId, string key, string import)
    {
        Sql.Clear();
        var answer = await tenant.Raw.SendAsync(
            method,
            path.Replace("{webhook}", webhookId, StringComparison.Ordinal)
                .Replace("{own}", own.Id, StringComparison.Ordinal)
                .Replace("{delivery}", deliveryId, StringComparison.Ordinal)
                .Replace("{key}", key, StringComparison.Ordinal)
                .Replace("{import}", import, StringComparison.Ordinal),
            body);
        return (answer, Sql.OfRequest(answer.Header("X-Request-Id")!));
    }

    /// <summary>Another id of the same form.</summary>
    static string Change(string id) => id[..^1] + (id[^1] == '0' ? '1' : '0');

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

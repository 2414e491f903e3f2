using Framelane.Api.Tests.Http.Telemetry;
using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Http.Canary;

/// <summary>A full run, of which every secret is known: nothing that the program tells, answers to a mistake or keeps shows one.</summary>
public sealed class CanaryTests
{
    const string Wrong = "fl_live_zyxwvutsrqponmlkjihgfedcba765432zyxwvutsrqponmlk";

    readonly EverythingHeard heard = new();

    readonly List<string> secrets = [];

    readonly List<Answer> errors = [];

    bool auditIsBroken;

    bool barrierIsBroken;

    ApiHost host = null!;

    Receiver receiver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        host = await ApiHost.StartAsync(
            services =>
            {
                services.RemoveAll<ILoggerProvider>();
                services.AddSingleton<ILoggerProvider>(heard);
                services.Decorate<IAuditLog>(real => new BrokenAuditLog(real, () => auditIsBroken));
                services.Decorate<IEpochBarrier>(real => new BrokenBarrier(real, () => barrierIsBroken));
            },
            ("Framelane:Metrics:Url", "http://127.0.0.1:0"),
            ("Logging:LogLevel:Default", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
            ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Trace"),
            ("Logging:LogLevel:System.Net.Http", "Trace"));
        receiver = await Receiver.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await host.DisposeAsync();
        await receiver.DisposeAsync();
        heard.Dispose();
    }

    [Test]
    public async Task No_secret_gets_out()
    {
        secrets.AddRange([host.First.Key, Wrong, "whsec_" + (await File.ReadAllTextAsync(Path.Combine(host.Data.Path, "master.key"))).Trim()]);
        await UseAsync(host.First);
        using (var other = await host.AddWorkspaceAsync())
        {
            secrets.AddRange([other.Key, other.FirstSecret]);
            await UseAsync(other);
        }

        var needles = secrets.Distinct().Select(Needles.Of).ToArray();
        var cells = await host.Data.Database.CellsAsync();
        var files = host.Data.Files.Where(file => file.Name is not ("api-key" or "master.key")).ToArray();
        var lines = heard.Lines;
        var metrics = (await Scrape.OfAsync(host)).Text;

        Assert.Multiple(() =>
        {
            // That there was something to find, and that it would have been found.
            Assert.That(secrets.Distinct().Count(), Is.EqualTo(12));
            Assert.That(needles[0].AreIn(File.ReadAllBytes(host.Data.ApiKeyFile)), Is.True);
            Assert.That(lines.Any(line => line.StartsWith("Trace ", StringComparison.Ordinal)), Is.True);
            Assert.That(lines.Any(line => line.Contains("Microsoft.EntityFrameworkCore.Database.Command", StringComparison.Ordinal)), Is.True);
            Assert.That(lines.Any(line => line.StartsWith("trace Framelane webhook attempt", StringComparison.Ordinal)), Is.True);
            Assert.That(metrics, Does.Contain("framelane_deliveries_total"));
            Assert.That(lines.Any(line => line.Contains(BrokenAuditLog.Message, StringComparison.Ordinal)), Is.True);
            Assert.That(lines.Any(line => line.Contains(BrokenBarrier.Message, StringComparison.Ordinal)), Is.True);
            Assert.That(errors.Select(error => error.Status).Distinct(), Is.SupersetOf(new[] { 400, 401, 404, 409, 415, 422, 500 }));
            Assert.That(cells.Any(cell => cell.Place == "idempotency_keys.answer" && cell.Value is byte[] { Length: > 0 }), Is.True);

            Assert.That(lines.Where(line => Shows(line)).Distinct(), Is.Empty, "Logs and traces.");
            Assert.That(Shows(metrics), Is.False, "Metrics.");
            Assert.That(errors.Select(error => error.Body).Where(Shows), Is.Empty, "Errors.");
            Assert.That(errors.SelectMany(error => error.Headers.Values).Where(Shows), Is.Empty, "Headers of errors.");
            Assert.That(cells.Where(cell => cell.Value is string text ? Shows(text) : cell.Value is byte[] bytes && needles.Any(needle => needle.AreIn(bytes))).Select(cell => cell.Place), Is.Empty, "Columns.");
            Assert.That(files.Where(file => needles.Any(needle => needle.AreIn(ReadShared(file)))).Select(file => file.Name), Is.Empty, "Files.");
            Assert.That(receiver.Deliveries.SelectMany(delivery => delivery.Headers.Values).Where(Shows), Is.Empty, "Headers of deliveries.");
            Assert.That(receiver.Deliveries.Where(delivery => needles.Any(needle => needle.AreIn(delivery.Body))), Is.Empty, "Bodies of deliveries.");
        });

        bool Shows(string text) => needles.Any(needle => needle.AreIn(text));
    }

    /// <summary>Everything that a workspace can do, in good order and in bad.</summary>
    async Task UseAsync(Tenant tenant)
    {
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);
        var path = $"/v1/webhooks/{webhook.Id}";
        var key = await tenant.Client.CreateApiKeyAsync(new() { Name = "CI" }, "create-key");
        await tenant.Client.CreateApiKeyAsync(new() { Name = "CI" }, "create-key");
        await tenant.Client.TestWebhookAsync(webhook.Id, "ping");
        var rotated = await tenant.Client.RotateSecretAsync(webhook.Id, "rotate", new() { GracePeriodSeconds = 600 });
        await tenant.Client.RotateSecretAsync(webhook.Id, "rotate", new() { GracePeriodSeconds = 600 });
        await tenant.Client.TestWebhookAsync(webhook.Id);
        await tenant.Client.DeletePreviousSecretAsync();
        var created = await tenant.Client.CreateWebhookAsync(new() { Url = receiver.Url, Enabled = false }, "create-webhook");
        secrets.AddRange([webhook.Secret, key.Key, rotated.Secret, created.Secret]);

        // A receiver that finds every signature wrong, and says what it got.
        receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = 401;
            return context.Response.WriteAsync($"bad signature {context.Request.Headers["Framelane-Signature"]}");
        };
        await tenant.Client.TestWebhookAsync(webhook.Id);
        await receiver.DisposeAsync();
        await tenant.Client.TestWebhookAsync(webhook.Id);

        var known = rotated.Secret;
        errors.AddRange(
        [
            await tenant.Raw.PostAsync($"{path}/rotate-secret", """{"grace_period_seconds": 601}""", ("Idempotency-Key", "rotate")),
            await tenant.Raw.PostAsync($"{path}/rotate-secret", $$"""{"grace_period_seconds": "{{known}}"}"""),
            await tenant.Raw.PostAsync($"{path}/rotate-secret", $$"""{"grace_period_seconds": ["{{tenant.Key}}"]}"""),
            await tenant.Raw.PostAsync($"{path}/rotate-secret", $$"""{"grace_period_seconds": {{known}}}"""),
            await tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "https://{{known}}/", "events": ["{{known}}", "{{tenant.Key}}"], "enabled": "{{known}}"}"""),
            await tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "ftp://example.com/{{Uri.EscapeDataString(known)}}"}"""),
            await tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "https://x:{{tenant.Key}}@1.1.1.1/"}"""),
            await tenant.Raw.SendContentAsync("POST", "/v1/api-keys", new StringContent(known)),
            await tenant.Raw.PostAsync("/v1/api-keys", $$$"""{"name": {"{{{tenant.Key}}}": "{{{known}}}"}}"""),
            await tenant.Raw.PostAsync("/v1/nothing", $$"""{"name": "{{known}}"}"""),
            await host.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Bearer {Wrong}")),
            await host.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Basic {Wrong}")),
            await host.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Bearer {known}")),
            await host.Nobody.GetAsync("/v1/workspace", ("X-Api-Key", tenant.Key), ("Cookie", $"key={tenant.Key}")),
        ]);

        // Our own faults: before the commit, and between the commit and the answer.
        auditIsBroken = true;
        errors.Add(await tenant.Raw.PostAsync($"{path}/rotate-secret", null, ("Idempotency-Key", "fails-early")));
        errors.Add(await tenant.Raw.PostAsync("/v1/api-keys", """{"name": "fails"}""", ("Idempotency-Key", "fails-early")));
        auditIsBroken = false;
        barrierIsBroken = true;
        errors.Add(await tenant.Raw.PostAsync($"{path}/rotate-secret", null, ("Idempotency-Key", "fails-late")));
        barrierIsBroken = false;
        var replayed = await tenant.Client.RotateSecretAsync(webhook.Id, "fails-late");
        secrets.Add(replayed.Secret);

        receiver = await Receiver.StartAsync();
        await tenant.Client.UpdateWebhookAsync(webhook.Id, new() { Url = receiver.Url });
        var workspace = WorkspaceId.FromStored((await tenant.Client.GetWorkspaceAsync()).Id);
        await host.AppendAsync(new(workspace, "render.completed", "render_1", 1, new { id = "render_1" }, new Dictionary<string, string>(), null));
        await receiver.NextAsync();
        await tenant.Client.RevokeApiKeyAsync(key.Id);
        errors.Add(await host.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Bearer {key.Key}")));
        foreach (var list in new[] { "/v1/webhooks", "/v1/deliveries", "/v1/workspace", "/v1/workspace/audit-log", "/v1/api-keys" })
            errors.Add(await tenant.Raw.GetAsync(list));
        await tenant.Client.DeleteWebhookAsync(webhook.Id);
    }

    static byte[] ReadShared(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

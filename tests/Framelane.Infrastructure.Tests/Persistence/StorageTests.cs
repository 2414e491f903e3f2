using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>What a storage test starts from: a database that is set up, with its first workspace, and a clock that stands still.</summary>
public abstract class StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly string[] OneType = ["render.completed"];

    protected TDatabase Database { get; private set; } = null!;

    private protected TestHost Host { get; private set; } = null!;

    protected FakeTimeProvider Time { get; private set; } = null!;

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected WorkspaceId WorkspaceId { get; private set; }

    [SetUp]
    public async Task Prepare()
    {
        Database = new();
        Time = new(TimeProvider.System.GetUtcNow());
        Host = NewHost();
        await Host.InitializeAsync();
        WorkspaceId = await Host.ReadAsync(db => db.Workspaces.Select(workspace => workspace.Id).SingleAsync());
    }

    [TearDown]
    public async Task Clean()
    {
        // Neither is there where there is no such database to test on.
        if (Host is not null)
            await Host.DisposeAsync();
        Database?.Dispose();
    }

    private protected TestHost NewHost(Action<IServiceCollection>? change = null) => new(Database, Time, change);

    protected Webhook NewWebhook(string url = "https://example.com/hook", bool enabled = true, IReadOnlyList<string>? events = null, WorkspaceId? workspaceId = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        return Webhook.Create(WebhookId.New(Now), workspaceId ?? WorkspaceId, url, events ?? OneType, null, enabled, Now);
    }

    protected async Task<Webhook> AddWebhookAsync(string url = "https://example.com/hook", bool enabled = true, IReadOnlyList<string>? events = null, WorkspaceId? workspaceId = null)
    {
        var webhook = NewWebhook(url, enabled, events, workspaceId);
        await Host.WriteAsync(db =>
        {
            db.Webhooks.Add(webhook);
            return Task.CompletedTask;
        });
        return webhook;
    }

    protected async Task<WorkspaceId> AddWorkspaceAsync()
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        return await Host.AddWorkspaceAsync(Now);
    }

    /// <returns>The epoch that the rotation made.</returns>
    private protected async Task<long> RotateAsync()
    {
        await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token));
        return Host.Barrier.Passed[^1].Epoch;
    }

    /// <summary>A rotation as its handler makes it; the answer is the secret.</summary>
    private protected static async Task<Result<string>> RotateAsync(IServiceProvider services, WorkspaceId id, CancellationToken cancellationToken)
    {
        var workspace = await services.GetRequiredService<IWorkspaceRepository>().GetForUpdateAsync(id, cancellationToken);
        var secret = SigningSecret.Generate();
        workspace.RotateSigningKey(
            services.GetRequiredService<ISecretProtector>().Seal(id, workspace.NextEpoch, secret),
            GracePeriod.None,
            services.GetRequiredService<TimeProvider>().GetUtcNow());
        return secret.Reveal();
    }
}

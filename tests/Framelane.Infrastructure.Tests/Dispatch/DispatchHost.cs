using Framelane.Application;
using Framelane.Application.Abstractions;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Outbound;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Tests.Outbound;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using EventId = Framelane.Domain.Events.EventId;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>
/// One process with all of the infrastructure, as the product composes and starts it, over a database of the test's. It may reach 127.0.0.1
/// and nothing else; names are the test's.
/// </summary>
sealed class DispatchHost : IAsyncDisposable
{
    readonly ServiceProvider services;
    IHostedService[] started = [];
    int made;

    DispatchHost(TestDatabase database, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(database.Settings)
            .AddInMemoryCollection(
            [
                new("Framelane:Outbound:AllowHttp", "true"),
                new("Framelane:Outbound:AllowedNetworks:0", "127.0.0.1/32"),
                // Long, so that no permit and no attempt runs out on a busy machine.
                new("Framelane:Webhooks:PermitLifetime", "00:00:05"),
                new("Framelane:Webhooks:Timeout", "00:01:00"),
            ])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<INameResolver>(new DnsNameResolver(Clock, new() { NameServers = [NameServer.EndPoint], HostsFilePath = Path.Combine(database.Folder, "no-hosts") }))
            .AddApplication()
            .AddInfrastructure(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public WallClock Clock { get; } = new();

    public TestNameServer NameServer { get; } = new();

    public MemoryLog Log { get; } = new();

    public static Task<DispatchHost> StartAsync(TestDatabase database, params (string Key, string Value)[] settings) => StartAsync(database, _ => { }, settings);

    /// <param name="prepare">What happens before anything runs.</param>
    public static async Task<DispatchHost> StartAsync(TestDatabase database, Action<DispatchHost> prepare, params (string Key, string Value)[] settings)
    {
        var host = new DispatchHost(database, settings);
        prepare(host);
        await host.services.InitializeInfrastructureAsync(CancellationToken.None);
        host.started = [.. host.services.GetServices<IHostedService>()];
        foreach (var service in host.started)
            await service.StartAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async Task<T> ReadAsync<T>(Func<FramelaneDbContext, Task<T>> read)
    {
        await using var db = Get<IDbContextFactory<FramelaneDbContext>>().CreateDbContext();
        return await read(db);
    }

    public async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    public Task<WorkspaceId> FirstWorkspaceAsync() => ReadAsync(db => db.Workspaces.Select(workspace => workspace.Id).OrderBy(id => id).FirstAsync());

    public async Task<WorkspaceId> AddWorkspaceAsync()
    {
        var id = WorkspaceId.New(Clock.GetUtcNow());
        var secret = Get<ISecretProtector>().Seal(id, 1, SigningSecret.Generate());
        await WriteAsync(db => db.AddRangeAsync(Workspace.Create(id, "Other", Plan.Free, secret, Clock.GetUtcNow())));
        return id;
    }

    /// <summary>Commits a new webhook and passes the barrier, as the request for one does.</summary>
    public async Task<Webhook> AddWebhookAsync(string url, WorkspaceId? workspace = null)
    {
        var now = Clock.GetUtcNow();
        var webhook = Webhook.Create(WebhookId.New(now), workspace ?? await FirstWorkspaceAsync(), url, EventTypes.All, null, true, now);
        var epoch = 0L;
        await WriteAsync(async db =>
        {
            db.Add(webhook);
            var owner = await db.Workspaces.SingleAsync(row => row.Id == webhook.WorkspaceId);
            owner.ChangeEndpoints();
            epoch = owner.Epoch;
        });
        await Get<IEpochBarrier>().PassAsync(webhook.WorkspaceId, epoch, CancellationToken.None);
        return webhook;
    }

    public async Task<Delivery> DeliverAsync(Webhook webhook, string? job = null, int sequence = 1) => (await DeliverManyAsync(webhook, 1, job, sequence))[0];

    /// <summary>Writes events and their deliveries in one transaction, and wakes the dispatcher, as a request does.</summary>
    public Task<Delivery[]> DeliverManyAsync(Webhook webhook, int count, string? job = null, int sequence = 1) =>
        DeliverManyAsync(webhook.WorkspaceId, happened => Delivery.ToWebhook(happened, webhook, oneShot: false, Clock.GetUtcNow()), count, job, sequence);

    public async Task<Delivery[]> DeliverManyAsync(WorkspaceId workspace, Func<WebhookEvent, Delivery> make, int count, string? job = null, int sequence = 1)
    {
        var events = Enumerable.Range(sequence, count).Select(i => WebhookEvent.Create(
            EventId.New(Clock.GetUtcNow()),
            workspace,
            "render.progress",
            job,
            i,
            System.Text.Encoding.UTF8.GetBytes($$"""{"made":{{Interlocked.Increment(ref made)}}}"""),
            Clock.GetUtcNow())).ToList();
        Delivery[] deliveries = [.. events.Select(make)];
        await WriteAsync(db => db.AddRangeAsync([.. events, .. deliveries]));
        Get<IDispatchSignal>().Wake();
        return deliveries;
    }

    public Task<Delivery> StoredAsync(Delivery delivery) => ReadAsync(db => db.Deliveries.AsNoTracking().SingleAsync(row => row.Id == delivery.Id));

    public Task<Webhook> StoredAsync(Webhook webhook) => ReadAsync(db => db.Webhooks.AsNoTracking().SingleAsync(row => row.Id == webhook.Id));

    public Task<List<DeliveryAttempt>> AttemptsAsync(Delivery delivery) =>
        ReadAsync(db => db.Attempts.AsNoTracking().Where(row => row.DeliveryId == delivery.Id).OrderBy(row => row.AttemptNumber).ToListAsync());

    /// <summary>Waits until so many attempts at it are recorded.</summary>
    public async Task<List<DeliveryAttempt>> AttemptsAsync(Delivery delivery, int count)
    {
        await Eventually.HoldsAsync(async () => (await AttemptsAsync(delivery)).Count >= count, $"{count} attempts were not recorded.");
        return await AttemptsAsync(delivery);
    }

    public Task BecomesAsync(Delivery delivery, DeliveryState state) =>
        Eventually.HoldsAsync(async () => (await StoredAsync(delivery)).State == state, $"The delivery did not become {state}.");

    public async Task StopAsync()
    {
        foreach (var service in started.Reverse())
            await service.StopAsync(CancellationToken.None);
        started = [];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in started.Reverse())
            await service.StopAsync(new(canceled: true));
        await services.DisposeAsync();
        NameServer.Dispose();
    }

    public async Task WriteAsync(Func<FramelaneDbContext, Task> change)
    {
        using var turn = await Get<IDatabaseProvider>().EnterWriteAsync(CancellationToken.None);
        await using var db = Get<IDbContextFactory<FramelaneDbContext>>().CreateDbContext();
        await change(db);
        await db.SaveChangesAsync();
    }
}

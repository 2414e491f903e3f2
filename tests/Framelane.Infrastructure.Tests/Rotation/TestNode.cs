using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Rotation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Framelane.Infrastructure.Tests.Rotation;

/// <summary>One process that signs: gate, permits, its entry among the nodes, and the barrier, over a database that the test holds.</summary>
sealed class TestNode : IAsyncDisposable
{
    public TestNode(TimeProvider? time = null, WebhooksOptions? options = null, ISnapshotReader? reader = null, INodeTable? table = null)
    {
        Time = time ?? TimeProvider.System;
        Snapshots = new(Time);
        Options = options ?? new WebhooksOptions();
        var wrapped = Microsoft.Extensions.Options.Options.Create(Options);
        Gate = new(Time, wrapped);
        Registry = new(table ?? Table, AllRoles, Time, NullLogger<NodeRegistry>.Instance);
        Permits = new(reader ?? Snapshots, Gate, Registry, TestMetrics.Unheard, Time, wrapped, NullLogger<Permits>.Instance);
        Barrier = new(Gate, Registry, TestMetrics.Unheard, Time, wrapped, NullLogger<EpochBarrier>.Instance);
    }

    public static ProcessRoles AllRoles { get; } = ProcessRoles.Of(new ConfigurationBuilder().Build());

    public TimeProvider Time { get; }

    public WebhooksOptions Options { get; }

    public FakeSnapshots Snapshots { get; }

    public FakeNodeTable Table { get; } = new();

    public EpochGate Gate { get; }

    public NodeRegistry Registry { get; }

    public Permits Permits { get; }

    public EpochBarrier Barrier { get; }

    public static async Task<TestNode> StartAsync(TimeProvider? time = null, WebhooksOptions? options = null)
    {
        var node = new TestNode(time, options);
        await node.StartAsync();
        return node;
    }

    public async Task StartAsync()
    {
        await Registry.StartAsync(CancellationToken.None);
        await Permits.StartAsync(CancellationToken.None);
        await Registry.Registered.WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Commits a rotation and passes the barrier, as a request for one does.</summary>
    public async Task RotateAsync(WorkspaceId workspace, string secret)
    {
        Snapshots.Rotate(workspace, secret);
        await Barrier.PassAsync(workspace, Snapshots.EpochOf(workspace), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Permits.StopAsync(CancellationToken.None);
        await Registry.StopAsync(CancellationToken.None);
        Permits.Dispose();
        Registry.Dispose();
    }
}

using Framelane.Application;
using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Bootstrap;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Rotation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>The services of one process over a database; several of them on one database stand for several processes.</summary>
sealed class TestHost : IAsyncDisposable
{
    readonly ServiceProvider services;

    public TestHost(TestDatabase database, TimeProvider? time = null, Action<IServiceCollection>? change = null, params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(database.Settings)
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddLogging(logging => logging.AddProvider(Log));
        if (time is not null)
            collection.AddSingleton(time);
        collection.AddApplication();
        collection.AddOptions<WebhooksOptions>();
        collection.AddPersistence(configuration);
        collection.AddSingleton(ProcessRoles.Of(configuration));
        collection.AddSingleton<NodeRegistry>();
        collection.AddSingleton<IEpochBarrier>(Barrier);
        collection.AddSingleton<IEpochGate>(Gate);
        collection.AddSingleton<IDispatchSignal>(Signal);
        change?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public RecordingBarrier Barrier { get; } = new();

    public ScriptedGate Gate { get; } = new();

    public CountingSignal Signal { get; } = new();

    public MemoryLog Log { get; } = new();

    public IServiceProvider Services => services;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public AsyncServiceScope Scope() => services.CreateAsyncScope();

    public Task InitializeAsync() => Get<DatabaseInitializer>().InitializeAsync(CancellationToken.None);

    /// <summary>Makes this process one that others wait for, anew where time has passed; only such a one accepts keys.</summary>
    public async Task RegisterAsync()
    {
        await Get<NodeRegistry>().StartAsync(CancellationToken.None);
        await Get<NodeRegistry>().Registered.InTimeAsync();
    }

    public FramelaneDbContext NewContext() => Get<IDbContextFactory<FramelaneDbContext>>().CreateDbContext();

    public async Task<T> ReadAsync<T>(Func<FramelaneDbContext, Task<T>> read)
    {
        await using var db = NewContext();
        return await read(db);
    }

    /// <summary>Runs the work as a unit of work of a request of its own.</summary>
    public async Task<Result<T>> WriteAsync<T>(
        Func<IServiceProvider, CancellationToken, Task<Result<T>>> work,
        IdempotencyClaim? claim = null,
        CancellationToken cancellationToken = default)
    {
        await using var scope = Scope();
        scope.ServiceProvider.GetRequiredService<IdempotencyContext>().Claim = claim;
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync(token => work(scope.ServiceProvider, token), cancellationToken);
    }

    public async Task WriteAsync(Func<FramelaneDbContext, Task> work)
    {
        await using var db = NewContext();
        await work(db);
        await db.SaveChangesAsync();
    }

    /// <summary>One of the free plan.</summary>
    public async Task<WorkspaceId> AddWorkspaceAsync(DateTimeOffset now)
    {
        var id = WorkspaceId.New(now);
        var secret = Get<ISecretProtector>().Seal(id, 1, SigningSecret.Generate());
        await WriteAsync(db =>
        {
            db.Workspaces.Add(Workspace.Create(id, "Other", Plan.Free, secret, now));
            return Task.CompletedTask;
        });
        return id;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

sealed class RecordingBarrier : IEpochBarrier
{
    readonly List<(WorkspaceId, long)> passed = [];

    public IReadOnlyList<(WorkspaceId WorkspaceId, long Epoch)> Passed
    {
        get
        {
            lock (passed)
                return [.. passed];
        }
    }

    /// <summary>What the barrier waits for.</summary>
    public Func<Task> Wait { get; set; } = () => Task.CompletedTask;

    public async Task PassAsync(WorkspaceId workspaceId, long epoch, CancellationToken cancellationToken)
    {
        await Wait().WaitAsync(cancellationToken);
        lock (passed)
            passed.Add((workspaceId, epoch));
    }
}

sealed class ScriptedGate : IEpochGate
{
    public Queue<bool> Answers { get; } = new();

    public List<long> Epochs { get; } = [];

    /// <summary>When the reads began that it was asked about.</summary>
    public List<long> Started { get; } = [];

    public bool TryAccept(WorkspaceId workspaceId, long epoch, long readStartedTimestamp)
    {
        Epochs.Add(epoch);
        Started.Add(readStartedTimestamp);
        return !Answers.TryDequeue(out var answer) || answer;
    }
}

sealed class CountingSignal : IDispatchSignal
{
    int wakes;

    public int Wakes => Volatile.Read(ref wakes);

    public void Wake() => Interlocked.Increment(ref wakes);
}

sealed class MemoryLog : ILoggerProvider, ILogger
{
    readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}

using System.Data.Common;
using System.Diagnostics;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Schema;

/// <summary>A process that prepares a database and halts in the midst of it, to be killed there.</summary>
sealed class KilledStart : IAsyncDisposable
{
    const string Halted = "halted";

    readonly Process process;

    KilledStart(Process process) => this.process = process;

    /// <summary>Starts such a process, which halts as soon as the database has executed a statement that contains the text.</summary>
    public static async Task<KilledStart> HaltAtAsync(string folder, string statement)
    {
        // Path and not the process's own: that is the test host's.
        var start = new KilledStart(Process.Start(new ProcessStartInfo("dotnet", [typeof(KilledStart).Assembly.Location, folder, statement])
        {
            RedirectStandardOutput = true,
        })!);
        try
        {
            var said = await start.process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.That(said, Is.EqualTo(Halted), "It came to its end without that statement, or failed.");
            return start;
        }
        catch
        {
            await start.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same, and kills it there.</summary>
    public static async Task KillAtAsync(string folder, string statement) => await (await HaltAtAsync(folder, statement)).DisposeAsync();

    /// <summary>By SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var database = new ExistingDatabase(args[0]);
        await using var host = new TestHost(
            database,
            change: services => services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(new HaltAfter(args[1]))));
        await host.InitializeAsync();
        return 0;
    }

    sealed class ExistingDatabase(string folder) : TestDatabase
    {
        public override IEnumerable<KeyValuePair<string, string?>> Settings => [new("Framelane:DataPath", folder)];
    }

    /// <remarks>Which of these EF calls is its own matter.</remarks>
    sealed class HaltAfter(string statement) : DbCommandInterceptor
    {
        public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
            new(Pass(command, result));

        public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result) => Pass(command, result);

        public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default) =>
            new(Pass(command, result));

        public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result) => Pass(command, result);

        public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) =>
            new(Pass(command, result));

        public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result) => Pass(command, result);

        T Pass<T>(DbCommand command, T result)
        {
            if (!command.CommandText.Contains(statement, StringComparison.Ordinal))
                return result;
            Console.WriteLine(Halted);
            Thread.Sleep(Timeout.Infinite);
            return result;
        }
    }
}

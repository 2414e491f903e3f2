using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>Does something, once, before the first statement that names a table is sent.</summary>
sealed class BeforeStatements(string table, Func<Task> work) : ILoggerProvider, ILogger
{
    bool done;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (done || eventId != RelationalEventId.CommandExecuting || !formatter(state, exception).Contains(table, StringComparison.Ordinal))
            return;
        done = true;
        Task.Run(work).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Http.Canary;

/// <summary>Hears all that a program tells of itself: every log at its most verbose, scopes and exceptions included, and every trace.</summary>
[ProviderAlias(Alias)]
sealed class EverythingHeard : ILoggerProvider, ISupportExternalScope
{
    /// <summary>What levels of its own are configured under.</summary>
    public const string Alias = "Heard";

    readonly ConcurrentQueue<string> heard = new();

    readonly ActivityListener listener;

    IExternalScopeProvider? scopes;

    public EverythingHeard()
    {
        listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public IReadOnlyList<string> Lines => [.. heard];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose() => listener.Dispose();

    void Hear(Activity activity)
    {
        heard.Enqueue($"trace {activity.Source.Name} {activity.DisplayName} {activity.StatusDescription}");
        foreach (var (key, value) in activity.TagObjects.Concat(activity.Baggage.Select(item => new KeyValuePair<string, object?>(item.Key, item.Value))))
            heard.Enqueue($"trace {activity.DisplayName} {key}={value}");
        foreach (var (key, value) in activity.Events.SelectMany(happened => happened.Tags))
            heard.Enqueue($"trace {activity.DisplayName} {key}={value}");
    }

    sealed class Logger(EverythingHeard all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => all.scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            all.heard.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
            Values(state);
            all.scopes?.ForEachScope((scope, _) => Values(scope), 0);
        }

        void Values(object? state)
        {
            if (state is not IEnumerable<KeyValuePair<string, object?>> values)
                return;
            foreach (var (key, value) in values)
                all.heard.Enqueue($"value {category} {key}={value}");
        }
    }
}

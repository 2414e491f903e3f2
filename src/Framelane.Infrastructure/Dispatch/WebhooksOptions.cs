using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Section <c>Framelane:Webhooks</c>.</summary>
public sealed class WebhooksOptions
{
    public const string Section = "Framelane:Webhooks";

    /// <summary>How long an attempt may take until the receiver has answered; 1 s to 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before each attempt, so the first is zero; left empty it is the contract's.</summary>
    public IList<TimeSpan> RetrySchedule { get; } = [];

    /// <summary>How long a node may act on what it read of a workspace; 10 ms to 10 s. The same on all nodes.</summary>
    public TimeSpan PermitLifetime { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Attempts at once in this process.</summary>
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>Attempts at once at one endpoint, in this process.</summary>
    public int MaxConcurrencyPerEndpoint { get; set; } = 8;

    /// <summary>An endpoint is disabled when all attempts have failed for so long.</summary>
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(5);

    /// <summary>How long ended attempts are kept.</summary>
    public TimeSpan AttemptRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The schedule that the settings make.</summary>
    public RetrySchedule MakeSchedule() => RetrySchedule.Count == 0 ? Domain.Deliveries.RetrySchedule.Default : new(RetrySchedule);
}

sealed class WebhooksOptionsValidator : IValidateOptions<WebhooksOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhooksOptions options)
    {
        List<string> faults = [];
        Check(options.Timeout >= TimeSpan.FromSeconds(1) && options.Timeout <= TimeSpan.FromSeconds(60), nameof(options.Timeout), "is 00:00:01 to 00:01:00");
        Check(
            options.PermitLifetime >= TimeSpan.FromMilliseconds(10) && options.PermitLifetime <= TimeSpan.FromSeconds(10),
            nameof(options.PermitLifetime),
            "is 00:00:00.010 to 00:00:10");
        Check(options.MaxConcurrency is >= 1 and <= 100_000, nameof(options.MaxConcurrency), "is 1 to 100000");
        Check(options.MaxConcurrencyPerEndpoint is >= 1 and <= 10_000, nameof(options.MaxConcurrencyPerEndpoint), "is 1 to 10000");
        Check(
            options.DisableAfter > TimeSpan.Zero && options.DisableAfter <= Durations.Longest,
            nameof(options.DisableAfter),
            $"is longer than no time, and {Durations.AtMost}");
        Check(
            options.AttemptRetention >= TimeSpan.FromHours(1) && options.AttemptRetention <= Durations.Longest,
            nameof(options.AttemptRetention),
            $"is at least 01:00:00, and {Durations.AtMost}");
        Check(
            options.RetrySchedule.FirstOrDefault() == TimeSpan.Zero,
            $"{nameof(options.RetrySchedule)}:0",
            "is 00:00:00: the first attempt is made at once, and the waits before the others follow it");
        for (var i = 0; i < options.RetrySchedule.Count; i++)
        {
            var wait = options.RetrySchedule[i];
            Check(wait >= TimeSpan.Zero && wait <= TimeSpan.FromDays(30), $"{nameof(options.RetrySchedule)}:{i}", "is 00:00:00 to 30.00:00:00");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(bool holds, string key, string rule)
        {
            if (!holds)
                faults.Add($"{WebhooksOptions.Section}:{key} {rule}.");
        }
    }
}

using System.Collections.Concurrent;
using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Infrastructure.Tests.Billing;

/// <summary>A payment provider that counts a report once, by its name, as Stripe does within a day.</summary>
sealed class Meter
{
    public Meter()
    {
        var mock = new Mock<IBillingProvider>();
        mock.Setup(port => port.IsConfigured).Returns(() => IsConfigured);
        mock.Setup(port => port.TakesMinutes).Returns(() => TakesMinutes);
        mock.Setup(port => port.Plans).Returns([Plan.Pro]);
        mock.Setup(port => port.ReportMinutesAsync(It.IsAny<string>(), It.IsAny<long>(), It.IsAny<string>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Returns(async (string customer, long minutes, string identifier, DateTimeOffset at, CancellationToken _) =>
            {
                Asked.Enqueue(identifier);
                await Task.Delay(Random.Shared.Next(3), CancellationToken.None);
                if (IsAway(customer))
                    throw new UnavailableException("away");
                if (Taken.TryAdd(identifier, new(customer, minutes, at)) && LosesAnswers)
                    throw new UnavailableException("lost");
            });
        Provider = mock.Object;
    }

    public IBillingProvider Provider { get; }

    public bool IsConfigured { get; set; } = true;

    public bool TakesMinutes { get; set; } = true;

    /// <summary>It takes what it is told, and the word of it does not come back.</summary>
    public bool LosesAnswers { get; set; }

    public Func<string, bool> IsAway { get; set; } = _ => false;

    public ConcurrentQueue<string> Asked { get; } = new();

    public ConcurrentDictionary<string, Event> Taken { get; } = new();

    public long Minutes => Taken.Values.Sum(taken => taken.Minutes);

    public sealed record Event(string Customer, long Minutes, DateTimeOffset At);
}

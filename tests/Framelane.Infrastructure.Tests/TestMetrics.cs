using System.Diagnostics.Metrics;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests;

/// <summary>The metrics of a process, of which nobody collects any but the test that listens to a counter.</summary>
static class TestMetrics
{
    static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static DispatchMetrics Unheard { get; } = new(Meters);

    public static DispatchMetrics Heard(string counter, Action<long> hear, out MeterListener listener)
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var metrics = new DispatchMetrics(meters);
        listener = new()
        {
            InstrumentPublished = (instrument, heard) =>
            {
                if (instrument.Name == counter && instrument.Meter.Scope == meters)
                    heard.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => hear(count));
        listener.Start();
        return metrics;
    }
}

namespace Framelane.Application.Abstractions;

/// <summary>Tells workers that there may be an asset to work on, so that they need not wait for their next look. Losing one costs latency only.</summary>
public interface IAssetSignal
{
    void Wake();
}

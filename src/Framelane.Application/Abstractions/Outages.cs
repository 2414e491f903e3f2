namespace Framelane.Application.Abstractions;

/// <summary>Tells an outage of something that this process depends on from a bug: the one is answered 503, the other 500.</summary>
public interface IOutages
{
    bool IsOutage(Exception failure);
}

/// <summary>What the request needs cannot be had at the moment; sent again, it may succeed.</summary>
/// <param name="message">A sentence for the log.</param>
public sealed class UnavailableException(string message) : Exception(message);

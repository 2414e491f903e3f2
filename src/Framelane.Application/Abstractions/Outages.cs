namespace Framelane.Application.Abstractions;

/// <summary>Tells an outage of something that this process depends on from a bug: the one is answered 503, the other 500.</summary>
public interface IOutages
{
    bool IsOutage(Exception failure);

    /// <summary>Whether it was for want of room on a disk of this machine, which is an outage too.</summary>
    bool IsFull(Exception failure);
}

/// <summary>What the request needs cannot be had at the moment; sent again, it may succeed.</summary>
/// <param name="message">A sentence for the log.</param>
/// <param name="cause">What it was, where something was thrown.</param>
public sealed class UnavailableException(string message, Exception? cause = null) : Exception(message, cause);

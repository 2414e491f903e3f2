using Framelane.Application.Deliveries;

namespace Framelane.Application.Abstractions;

public interface IPingSender
{
    /// <summary>Makes the ping's one attempt, under the same permit and guard as every attempt, and records it.</summary>
    /// <returns>Null where it is not this request's to make any more: its webhook was disabled or deleted meanwhile, or it took too long to come to it.</returns>
    Task<AttemptResponse?> SendAsync(PingTicket ticket, CancellationToken cancellationToken);
}

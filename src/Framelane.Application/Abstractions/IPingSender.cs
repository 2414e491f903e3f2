using Framelane.Application.Deliveries;

namespace Framelane.Application.Abstractions;

public interface IPingSender
{
    /// <summary>Makes the ping's one attempt, under the same permit and guard as every attempt, and records it.</summary>
    Task<AttemptResponse> SendAsync(PingTicket ticket, CancellationToken cancellationToken);
}

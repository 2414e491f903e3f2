using Framelane.Domain.Common;

namespace Framelane.Application.Common;

public static class WorkErrors
{
    /// <summary>The floor of free space has been reached.</summary>
    public static readonly Error NoRoom = new("unavailable", "There is no room for new work at the moment. Try again later.");
}

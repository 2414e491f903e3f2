using Framelane.Domain.Common;

namespace Framelane.Application.Operators;

static class OperatorErrors
{
    public static readonly Error NoSuchWorkspace = Error.NotFound("Workspace");
}

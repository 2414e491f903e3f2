using Framelane.Domain.Common;

namespace Framelane.Api.Conventions.Errors;

/// <summary>Ends a request where nothing is left to return a value to, such as within model binding.</summary>
sealed class RefusedException(Error error) : Exception(error.Message)
{
    public Error Error => error;
}

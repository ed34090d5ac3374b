/**
 * What can be asked of partners and changed about them, decided by the model.
 */
@NullMarked
package de.smartcity.consortium.partners.application;

import org.jspecify.annotations.NullMarked;
